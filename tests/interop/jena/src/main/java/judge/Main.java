package judge;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.context.cache.LruCache;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonNumber;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.lang.LangJSONLD11;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.vocabulary.OWL2;

/** Answers requests, a JSON object a line on standard input, with a JSON object a line on standard output. */
public final class Main {

    private static final Map<String, Shapes> SHAPES = new HashMap<>();
    private static final Map<String, Context> SETTINGS = new HashMap<>();

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints must not look like an answer
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (!line.isBlank()) {
                answers.println(answer(line).toString().replace("\n", " "));
            }
        }
    }

    /** The answer to one request. Whatever goes wrong becomes its "error"; the process goes on with the next line. */
    private static JsonObject answer(String line) {
        try {
            return bench(JSON.parse(line));
        } catch (Throwable error) { // an OutOfMemoryError or StackOverflowError of one request must not cost the others
            JsonObject answer = new JsonObject();
            answer.put("error", error.getClass().getSimpleName() + ": " + error.getMessage());
            return answer;
        }
    }

    private static JsonObject bench(JsonObject request) throws IOException, JsonLdError {
        Shapes shapes = SHAPES.computeIfAbsent(request.get("shapes").toString(), files -> shapes(request));
        Context settings = settings(request.getObj("contexts"));
        byte[] content = Base64.getDecoder().decode(request.getString("content"));
        String text = new String(content, StandardCharsets.UTF_8);
        for (int i = 0; i < number(request, "warmup"); i++) {
            ShaclValidator.get().validate(shapes, graph(text, settings));
        }
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        long[] taken = new long[number(request, "count")];
        ValidationReport report = null;
        Graph graph = null;
        for (int i = 0; i < taken.length; i++) {
            long used = processor.getCurrentThreadCpuTime();
            long begun = System.nanoTime();
            graph = graph(text, settings);
            report = ShaclValidator.get().validate(shapes, graph);
            long elapsed = System.nanoTime() - begun;
            // What other programs on the machine took is not Jena's.
            taken[i] = Math.min(elapsed, processor.getCurrentThreadCpuTime() - used);
        }
        if (report == null) {
            throw new IllegalArgumentException("count must be 1 or more");
        }
        Arrays.sort(taken);
        JsonObject answer = new JsonObject();
        answer.put("conforms", report.conforms());
        answer.put("results", report.getEntries().size());
        answer.put("rows", rows(report));
        answer.put("triples", graph.size());
        answer.put("p50_ms", JsonNumber.value(taken[taken.length / 2] / 1e6));
        answer.put("p99_ms", JsonNumber.value(taken[(taken.length * 99 - 1) / 100] / 1e6));
        answer.put("per_second", JsonNumber.value(1e9 / taken[taken.length / 2]));
        return answer;
    }

    /** Focus node, path, constraint and value of the results: what two shapes find alike is one, blank nodes are one. */
    private static JsonArray rows(ValidationReport report) {
        TreeSet<String> found = new TreeSet<>();
        for (ReportEntry entry : report.getEntries()) {
            String path = entry.resultPath() == null ? "" : entry.resultPath().toString();
            String component = entry.sourceConstraintComponent().getLocalName();
            found.add(String.join(" ", text(entry.focusNode()), path, component, text(entry.value())));
        }
        JsonArray rows = new JsonArray();
        found.forEach(rows::add);
        return rows;
    }

    private static String text(Node node) {
        return node == null ? "" : node.isBlank() ? "_:" : node.toString();
    }

    private static int number(JsonObject request, String name) {
        return request.get(name).getAsNumber().value().intValue();
    }

    /** The published shapes of a profile, several files in one graph, without the imports that would be fetched. */
    private static Shapes shapes(JsonObject request) {
        Graph graph = GraphFactory.createDefaultGraph();
        request.getArray("shapes").forEach(path -> RDFParser.source(path.getAsString().value()).parse(graph));
        graph.remove(null, OWL2.imports.asNode(), null);
        return Shapes.parse(graph);
    }

    private static Graph graph(String text, Context settings) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(text, Lang.JSONLD11).context(settings).parse(graph);
        return graph;
    }

    private static Context settings(JsonObject paths) throws IOException, JsonLdError {
        Context settings = SETTINGS.get(paths.toString());
        if (settings == null) {
            settings = new Context().set(LangJSONLD11.JSONLD_OPTIONS, options(paths));
            SETTINGS.put(paths.toString(), settings);
        }
        return settings;
    }

    /** Options with the contexts read beforehand. Titanium keeps what it made of them as long as the options live. */
    private static JsonLdOptions options(JsonObject paths) throws IOException, JsonLdError {
        Map<String, Document> contexts = new HashMap<>();
        for (String address : paths.keySet()) {
            try (InputStream content = Files.newInputStream(Path.of(paths.getString(address)))) {
                contexts.put(address, JsonDocument.of(content));
            }
        }
        JsonLdOptions options = new JsonLdOptions();
        options.setDocumentCache(new LruCache<>(16));
        options.setDocumentLoader((address, settings) -> {
            Document known = contexts.get(address.toString());
            if (known == null) {
                throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, address + " is not given");
            }
            return known;
        });
        return options;
    }
}
