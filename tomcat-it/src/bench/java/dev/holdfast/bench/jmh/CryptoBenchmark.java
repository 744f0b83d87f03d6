package dev.holdfast.bench.jmh;

import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Sealing and opening: Holdfast's, and AES-GCM at its cheapest, one key and one Cipher for ever. What is opened changes each
 * time: opening the same message again and again measures falsely low.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CryptoBenchmark {
    /** Where the key file is: a system property that the run sets. */
    static final String KEY_FILE = "bench.keyFile";

    private static final int MESSAGES = 512;
    private static final int ASSOCIATED_BYTES = 48;

    @Param({"100", "4096"})
    private int bytes;

    private final Random random = new Random(42);
    private SessionCrypto crypto = SessionCrypto.plaintext();
    private final FixedKeyGcm gcm = new FixedKeyGcm();
    private final byte[] associated = new byte[ASSOCIATED_BYTES];
    private final byte[][] plain = new byte[MESSAGES][];
    private final byte[][] sealedByHoldfast = new byte[MESSAGES][];
    private final byte[][] sealedByGcm = new byte[MESSAGES][];
    private int turn;

    @Setup
    public void setUp() {
        crypto = SessionCrypto.sealing(KeyRing.read(Path.of(System.getProperty(KEY_FILE))));
        for (int i = 0; i < MESSAGES; i++) {
            plain[i] = new byte[bytes];
            random.nextBytes(plain[i]);
            sealedByHoldfast[i] = crypto.seal(plain[i], associated);
            sealedByGcm[i] = gcm.seal(plain[i], associated);
        }
    }

    private int next() {
        turn = (turn + 1) % MESSAGES;
        return turn;
    }

    @Benchmark
    public byte[] holdfastSeal() {
        return crypto.seal(plain[next()], associated);
    }

    @Benchmark
    public byte[] holdfastOpen() {
        return crypto.open(sealedByHoldfast[next()], associated);
    }

    @Benchmark
    public byte[] gcmSeal() {
        return gcm.seal(plain[next()], associated);
    }

    @Benchmark
    public byte[] gcmOpen() {
        return gcm.open(sealedByGcm[next()], associated);
    }
}
