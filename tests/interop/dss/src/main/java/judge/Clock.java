package judge;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Times a piece of work inside the process, on one thread, after warming up. */
final class Clock {

    private Clock() {}

    /** Does the work `warmup` times unmeasured, then `count` times; per_second over all, p50_ms the median of one. */
    static Map<String, Object> measure(Request request, Callable<?> work) throws Exception {
        int warmup = request.count("warmup");
        long[] nanoseconds = new long[Math.max(1, request.count("count"))];
        for (int i = 0; i < warmup; i++) {
            work.call();
        }
        long start = System.nanoTime();
        for (int i = 0; i < nanoseconds.length; i++) {
            long before = System.nanoTime();
            work.call();
            nanoseconds[i] = System.nanoTime() - before;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanoseconds);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("per_second", nanoseconds.length / seconds);
        figures.put("p50_ms", nanoseconds[nanoseconds.length / 2] / 1e6);
        figures.put("count", nanoseconds.length);
        return figures;
    }
}
