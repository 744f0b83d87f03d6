package dev.holdfast.bench.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * CPU time of processes, user and system together, from Linux's {@code /proc}.
 *
 * <p>PostgreSQL's is the sum over the postmaster, its living children, and what the postmaster has inherited from children
 * that have ended ({@code cutime} and {@code cstime}); so backends, autovacuum, checkpointer, WAL writer and I/O workers all
 * count, however short they live. Children are single threads: for these {@code schedstat} tells nanoseconds where the kernel
 * keeps it; all else comes in ticks of ten milliseconds.
 */
public final class ProcessCpu {
    private static final Path PROC = Path.of("/proc");
    /** {@code sysconf(_SC_CLK_TCK)}: 100 on every Linux that a JVM runs on. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int PPID = 1;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    private ProcessCpu() {}

    /** All threads of this process, those that have ended included. */
    public static long nanos(long pid) {
        String[] stat = stat(pid);
        if (stat.length == 0) {
            throw new IllegalStateException("no process " + pid);
        }
        return ticks(stat, UTIME) + ticks(stat, STIME);
    }

    /** This process and all that it has ever started, unless they have left it. */
    public static long nanosWithChildren(long pid) {
        String[] parent = stat(pid);
        if (parent.length == 0) {
            throw new IllegalStateException("no process " + pid);
        }
        long sum = ticks(parent, UTIME) + ticks(parent, STIME) + ticks(parent, CUTIME) + ticks(parent, CSTIME);
        String ppid = Long.toString(pid);
        try (Stream<Path> processes = Files.list(PROC)) {
            for (Path process : processes.toList()) {
                String name = process.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    String[] stat = stat(Long.parseLong(name));
                    if (stat.length > CSTIME && stat[PPID].equals(ppid)) {
                        sum += precise(process).orElse(ticks(stat, UTIME) + ticks(stat, STIME));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("no /proc to be read: the benchmark needs Linux", e);
        }
        return sum;
    }

    private static OptionalLong precise(Path process) {
        try {
            String[] fields = Files.readString(process.resolve("schedstat")).split(" ");
            long nanos = Long.parseLong(fields[0]);
            return nanos > 0 ? OptionalLong.of(nanos) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long ticks(String[] stat, int field) {
        return Long.parseLong(stat[field]) * TICK_NANOS;
    }

    /** The fields after the command's name, which may contain anything; empty if the process is gone. */
    private static String[] stat(long pid) {
        try {
            // bytes, because a name need not be UTF-8
            String stat = new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat")), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
