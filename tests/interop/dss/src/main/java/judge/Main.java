package judge;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/** Answers requests, a JSON object a line on standard input, with a JSON object a line on standard output. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints must not look like an answer
        NoNetwork.enforce();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            if (!line.isBlank()) {
                answers.println(JsonUtil.toJson(answer(line)));
            }
        }
    }

    /** The answer to one request. Whatever goes wrong becomes its "error"; the process goes on with the next line. */
    private static Map<String, Object> answer(String line) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            Request request = new Request(JsonUtil.parseJson(line));
            answer.put("id", request.id());
            switch (request.text("op")) {
                case "version" -> answer.put("version", Dss.VERSION);
                case "validate" -> answer.put("signatures", new Validation(request).signatures());
                case "seal" -> answer.putAll(new Sealing(request).seal());
                case "bench-validate" -> answer.putAll(new Validation(request).bench());
                case "bench-seal" -> answer.putAll(new Sealing(request).bench());
                default -> throw new IllegalArgumentException(
                        "op must be version, validate, seal, bench-validate or bench-seal, not " + request.text("op"));
            }
        } catch (Throwable error) { // an OutOfMemoryError or StackOverflowError of one file must not cost the others
            answer.put("error", reason(error));
        }
        return answer;
    }

    private static String reason(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : " <- ").append(cause.getClass().getSimpleName());
            text.append(cause.getMessage() == null ? "" : ": " + cause.getMessage());
        }
        return text.toString();
    }
}
