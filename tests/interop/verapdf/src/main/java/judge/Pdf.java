package judge;

import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges the files named on the command line; prints what README.md says, one line a judgement. */
public final class Pdf {
    private static final Map<String, PDFAFlavour> FLAVOURS =
            Map.of("a-2a", PDFAFlavour.PDFA_2_A, "ua-1", PDFAFlavour.PDFUA_1);

    private Pdf() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments) {
            for (Map.Entry<String, PDFAFlavour> flavour : FLAVOURS.entrySet()) {
                out.println(String.join("\t", name, flavour.getKey(), verdict(name, flavour.getValue())));
            }
            try (PDDocument document = Loader.loadPDF(Path.of(name).toFile())) {
                String text = new PDFTextStripper().getText(document);
                String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
                out.println(String.join("\t", name, "pages", String.valueOf(document.getNumberOfPages())));
                out.println(String.join("\t", name, "text", encoded));
            }
        }
    }

    private static String verdict(String name, PDFAFlavour flavour) throws Exception {
        try (InputStream stream = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> faults = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                faults.add((assertion.getRuleId().getClause() + " " + assertion.getMessage()).replaceAll("\\s+", " "));
            }
            return result.isCompliant() ? "passed" : "failed\t" + String.join("\t", faults);
        }
    }
}
