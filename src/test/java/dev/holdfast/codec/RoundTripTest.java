package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of the catalogues comes back as it was: classes, contents and identity. */
class RoundTripTest {
    private static final SessionCodec CODEC = Codecs.forTests();

    static Stream<Arguments> values() {
        List<Arguments> all = new ArrayList<>();
        JdkCatalogue.values().forEach((name, value) -> all.add(Arguments.of(name, value)));
        ApplicationCatalogue.values().forEach((name, value) -> all.add(Arguments.of(name, value)));
        return all.stream();
    }

    @AfterAll
    static void close() {
        CODEC.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void comesBackAsItWas(String name, Callable<Object> supplier) throws Exception {
        Object value = supplier.call();

        Object decoded = Codecs.roundTrip(CODEC, value);

        assertThat(DeepComparison.difference(value, decoded)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void theSameObjectsEncodeToTheSameBytes(String name, Callable<Object> supplier) throws Exception {
        Object value = supplier.call();
        Fragment first = Codecs.encode(CODEC, value);

        assertThat(Codecs.encode(CODEC, value)).isEqualTo(first);

        Object decoded = Codecs.decode(CODEC, first);
        Fragment baseline = Codecs.encode(CODEC, decoded);
        assertThat(Codecs.encode(CODEC, decoded)).isEqualTo(baseline);
        assertThat(Codecs.decode(CODEC, baseline).getClass().getName())
                .isEqualTo(decoded.getClass().getName());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void comesBackAmongOthersInOneGraph(String name, Callable<Object> supplier) throws Exception {
        Object value = supplier.call();
        List<Object> before = new ArrayList<>(List.of("x", 1, new ArrayList<>()));
        List<Object> graph = new ArrayList<>(List.of(before, value, before));

        Object decoded = Codecs.roundTrip(CODEC, graph);

        assertThat(DeepComparison.difference(graph, decoded)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void whatIsCutOffIsUndecodable(String name, Callable<Object> supplier) throws Exception {
        byte[] bytes = Codecs.encode(CODEC, supplier.call()).bytes();
        byte[] before = bytes.clone();
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            Fragment cut = new Fragment(List.of("value"), 0, Arrays.copyOf(bytes, length));
            byte[] cutBefore = cut.bytes().clone();
            assertThatThrownBy(() -> CODEC.decode(cut)).isInstanceOf(UndecodableException.class);
            assertThat(cut.bytes()).isEqualTo(cutBefore);
        }
        assertThat(bytes).isEqualTo(before);
    }
}
