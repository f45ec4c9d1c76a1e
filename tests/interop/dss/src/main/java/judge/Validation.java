package judge;

import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges one file with DSS and its default policy. */
final class Validation {

    private final Request request;
    private final byte[] content;
    private final Material material;
    private final Date at;

    Validation(Request request) throws IOException, GeneralSecurityException {
        this.request = request;
        this.content = request.bytes("file", "content");
        this.material = Material.of(request);
        this.at = request.moment("at");
    }

    /** What DSS says of every signature in the file, in its order. */
    List<Map<String, Object>> signatures() throws Exception {
        List<Map<String, Object>> signatures = new ArrayList<>();
        Reports reports = judge();
        for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
            signatures.add(described(signature, reports.getSimpleReport()));
        }
        return signatures;
    }

    /** How fast the same file is judged again and again, with its material read once; and that the verdict was good. */
    Map<String, Object> bench() throws Exception {
        Map<String, Object> figures = Clock.measure(request, this::judge);
        figures.put("signatures", signatures());
        return figures;
    }

    private Reports judge() throws Exception {
        return Dss.judge(new InMemoryDocument(content, "sealed.json"), material, at);
    }

    private static Map<String, Object> described(SignatureWrapper signature, SimpleReport report) {
        String id = signature.getId();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("indication", report.getIndication(id).name().replace('_', '-'));
        said.put("sub_indication", report.getSubIndication(id) == null ? null : report.getSubIndication(id).name());
        said.put("format", signature.getSignatureFormat().toString());
        said.put("intact", signature.isSignatureIntact());
        said.put("valid", signature.isSignatureValid());
        said.put("best_signature_time", text(report.getBestSignatureTime(id)));
        said.put("claimed_time", text(signature.getClaimedSigningTime()));
        List<String> messages = new ArrayList<>();
        for (Message error : report.getAdESValidationErrors(id)) {
            messages.add("error: " + error.getValue());
        }
        for (Message warning : report.getAdESValidationWarnings(id)) {
            messages.add("warning: " + warning.getValue());
        }
        said.put("messages", messages);
        return said;
    }

    private static String text(Date moment) {
        return moment == null ? null : moment.toInstant().toString();
    }
}
