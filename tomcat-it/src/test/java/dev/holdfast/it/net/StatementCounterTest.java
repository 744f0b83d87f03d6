package dev.holdfast.it.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as the protocol has them, cut at every place. */
final class StatementCounterTest {
    private static final int VERSION_3 = 196608;

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final StatementCounter counter = new StatementCounter();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1_000_000})
    void whatIsExecutedIsListedHoweverItIsCut(int piece) {
        untyped(80877103);
        untyped(80877104);
        untyped(VERSION_3, "user\0me\0\0");
        typed('p', "secret\0");
        typed('Q', "set a\n  = 1\0");
        typed('P', "\0select ?\0\0\0");
        typed('B', "\0\0\0\0\0\0\0\0");
        typed('D', "P\0");
        typed('E', "\0\0\0\0\0");
        typed('S', "");
        typed('P', "S_1\0update\0\0\0");
        typed('B', "\0S_1\0" + "x".repeat(200_000));
        typed('E', "\0\0\0\0\0");
        typed('B', "C_2\0S_1\0\0\0");
        typed('E', "C_2\0\0\0\0\0");
        typed('C', "SS_1\0");
        typed('P', "S_1\0delete\0\0\0");
        typed('B', "\0S_1\0\0\0");
        typed('E', "\0\0\0\0\0");
        typed('X', "");

        TcpProxy.Tap tap = counter.get();
        byte[] all = wire.toByteArray();
        for (int at = 0; at < all.length; at += piece) {
            byte[] read = Arrays.copyOfRange(all, at, Math.min(all.length, at + piece));
            tap.sent(Arrays.copyOf(read, read.length + 3), read.length);
        }

        assertThat(counter.take())
                .containsExactly(
                        new StatementCounter.Executed(1, "set a = 1", true),
                        new StatementCounter.Executed(1, "select ?", true),
                        new StatementCounter.Executed(1, "update", true),
                        new StatementCounter.Executed(1, "update", false),
                        new StatementCounter.Executed(1, "delete", true));
        assertThat(counter.take()).isEmpty();
    }

    private void untyped(int code) {
        untyped(code, "");
    }

    private void untyped(int code, String rest) {
        byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
        wire.writeBytes(
                ByteBuffer.allocate(8).putInt(8 + bytes.length).putInt(code).array());
        wire.writeBytes(bytes);
    }

    private void typed(char type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        wire.write(type);
        wire.writeBytes(ByteBuffer.allocate(4).putInt(4 + bytes.length).array());
        wire.writeBytes(bytes);
    }
}
