package dev.holdfast.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Says in plain words what the demo is doing, while it does it. */
final class Narrator {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    void say(String line) {
        out.println(line);
    }

    /** Says what is begun, does it, and says how long it took. */
    <T> T tell(String begun, Supplier<T> work) {
        out.println(begun + " …");
        long start = System.nanoTime();
        T result = work.get();
        out.println("    done in " + seconds(Duration.ofNanos(System.nanoTime() - start)));
        return result;
    }

    void passed(String step) {
        out.println("  ✓ " + step);
    }

    void failed(String step, String reason) {
        out.println("  ✗ " + step + "\n      " + reason.replace("\n", "\n      "));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
