package dev.holdfast.bench.jmh;

import com.example.bench.SampleSession;
import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.FragmentSet;
import dev.holdfast.codec.SessionCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The benchmark's session to bytes and back: attribute by attribute, as Holdfast does it, and by Java serialization. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_DEPTH = 100_000;

    private Map<String, Object> attributes = Map.of();
    private SessionCodec codec = newCodec();
    private byte[] holdfast = {};
    private byte[] javaWhole = {};
    private Map<String, byte[]> javaEach = Map.of();

    @Setup
    public void setUp() {
        attributes = SampleSession.attributes();
        holdfast = holdfastEncode();
        javaWhole = javaEncodeWhole();
        javaEach = javaEncodeEach();
    }

    private static SessionCodec newCodec() {
        return new SessionCodec(new CodecSettings(
                CodecBenchmark.class.getClassLoader(), name -> true, value -> 0, MAX_BYTES, MAX_DEPTH));
    }

    @Benchmark
    public byte[] holdfastEncode() {
        Encoding encoding = codec.encode(attributes);
        return codec.write(new FragmentSet(encoding.fragments(), List.of()));
    }

    @Benchmark
    public Map<String, Object> holdfastDecode() {
        Map<String, Object> decoded = new HashMap<>();
        for (Fragment fragment : codec.read(holdfast).fragments()) {
            decoded.putAll(codec.decode(fragment));
        }
        return decoded;
    }

    /** All attributes in one stream, as Tomcat's own stores do. */
    @Benchmark
    public byte[] javaEncodeWhole() {
        return JavaSerialization.write(new HashMap<>(attributes));
    }

    @Benchmark
    public Object javaDecodeWhole() {
        return JavaSerialization.read(javaWhole);
    }

    /** A stream for each attribute, as Spring Session does. */
    @Benchmark
    public Map<String, byte[]> javaEncodeEach() {
        Map<String, byte[]> encoded = new HashMap<>();
        attributes.forEach((name, value) -> encoded.put(name, JavaSerialization.write(value)));
        return encoded;
    }

    @Benchmark
    public Map<String, Object> javaDecodeEach() {
        Map<String, Object> decoded = new HashMap<>();
        javaEach.forEach((name, bytes) -> decoded.put(name, JavaSerialization.read(bytes)));
        return decoded;
    }

    /** How many bytes each of the three takes, names included. */
    static Map<String, Integer> sizes() {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.setUp();
        int each = benchmark.javaEach.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length)
                .sum();
        return Map.of("holdfast", benchmark.holdfast.length, "javaWhole", benchmark.javaWhole.length, "javaEach", each);
    }
}
