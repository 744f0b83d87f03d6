package dev.holdfast.bench.jmh;

import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks in JVMs of their own and says how they compare. {@code bench.jvm} names another {@code java} to run
 * them with, {@code bench.jmh} a part of their names, {@code bench.forks}, {@code bench.iterations} and {@code bench.seconds}
 * how thoroughly.
 */
public final class JmhRun {
    private JmhRun() {}

    /** Returns whether all benchmarks ran. */
    public static boolean run(Path folder) {
        try {
            Files.createDirectories(folder);
            Collection<RunResult> results = new Runner(options(folder)).run();
            System.out.println(summary(results));
            return !results.isEmpty();
        } catch (RunnerException e) {
            System.err.println("JMH: " + e.getMessage());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.openjdk.jmh.runner.options.Options options(Path folder) {
        double seconds = Double.parseDouble(System.getProperty("bench.seconds", "1"));
        TimeValue time = TimeValue.milliseconds((long) (seconds * 1000));
        int iterations = Integer.getInteger("bench.iterations", 5);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("dev\\.holdfast\\.bench\\.jmh\\..*" + System.getProperty("bench.jmh", ""))
                .forks(Integer.getInteger("bench.forks", 3))
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .shouldFailOnError(true)
                .jvmArgs("-Xms512m", "-Xmx512m", "-D" + CryptoBenchmark.KEY_FILE + "=" + keyFile())
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("jmh.json").toString());
        String jvm = System.getProperty("bench.jvm", "");
        return (jvm.isBlank() ? options : options.jvm(jvm)).build();
    }

    private static Path keyFile() {
        Path file = Workshop.target().resolve("keys").resolve("jmh.keys");
        try {
            Files.createDirectories(file.getParent());
            return Files.exists(file) ? file : Installation.keygen(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String summary(Collection<RunResult> results) {
        Map<String, Double> micros = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String bytes = result.getParams().getParam("bytes");
            micros.put(
                    name.substring(name.lastIndexOf('.') + 1) + (bytes == null ? "" : " " + bytes),
                    result.getPrimaryResult().getScore());
        }
        StringBuilder text = new StringBuilder("\n");
        ratio(text, micros, "javaEncodeWhole", "holdfastEncode", "times faster to encode than Java serialization", 2.8);
        ratio(text, micros, "javaDecodeWhole", "holdfastDecode", "times faster to decode than Java serialization", 5);
        ratio(
                text,
                micros,
                "javaEncodeEach",
                "holdfastEncode",
                "times faster to encode, a stream for each attribute",
                0);
        ratio(
                text,
                micros,
                "javaDecodeEach",
                "holdfastDecode",
                "times faster to decode, a stream for each attribute",
                0);
        for (String bytes : new String[] {"100", "4096"}) {
            ratio(
                    text,
                    micros,
                    "holdfastSeal " + bytes,
                    "gcmSeal " + bytes,
                    "times a fixed key's seal, " + bytes + " B",
                    0);
            ratio(
                    text,
                    micros,
                    "holdfastOpen " + bytes,
                    "gcmOpen " + bytes,
                    "times a fixed key's open, " + bytes + " B",
                    0);
        }
        text.append("  bytes of the session: ")
                .append(new TreeMap<>(CodecBenchmark.sizes()))
                .append('\n');
        return text.toString();
    }

    private static void ratio(
            StringBuilder text, Map<String, Double> micros, String above, String below, String what, double least) {
        Double dividend = micros.get(above);
        Double divisor = micros.get(below);
        if (dividend != null && divisor != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %6.2f %s (%.2f us against %.2f us)%s%n",
                    dividend / divisor,
                    what,
                    dividend,
                    divisor,
                    least == 0 ? "" : String.format(Locale.ROOT, ", at least %.1f", least)));
        }
    }
}
