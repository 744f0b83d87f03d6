package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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

    /** Kept for ever: rows of this form are in databases. */
    @Test
    void theFormOfTextsIsFrozen() {
        String text = "text";
        List<Object> list = new ArrayList<>();
        Collections.addAll(list, text, 7, text, null, "\u20ac", list);
        Fragment fragment = Codecs.encode(CODEC, list);

        assertThat(HexFormat.of().formatHex(fragment.bytes()))
                .isEqualTo(
                        "01" // Kryo's graph
                                + "29" + "01" + "06" // an ArrayList, the object 0, of six
                                + "02" + "01" + "08" + "74657874" // a text, the object 1, of four narrow chars
                                + "07" + "0e" // an Integer
                                + "02" + "03" // a text: the object 1 again
                                + "00" // null
                                + "02" + "01" + "03" + "e282ac" // a text, the object 2, of one wide char
                                + "29" + "02"); // an ArrayList: the object 0 again
        List<Object> decoded = Codecs.roundTrip(CODEC, list);
        assertThat(decoded.get(2)).isSameAs(decoded.get(0)).isEqualTo(text);
        assertThat(decoded.subList(1, 5)).containsExactly(7, text, null, "\u20ac");
        assertThat(decoded.get(5)).isSameAs(decoded);

        assertThat(HexFormat.of().formatHex(Codecs.encode(CODEC, text).bytes())).isEqualTo("01" + "02010874657874");
    }
}
