package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.codec.legacy.Cart;
import dev.holdfast.codec.legacy.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes and depths, and bytes that lie about them. */
class LimitsTest {
    @Test
    void whatIsTooLargeIsRefusedAndOthersAreNot() {
        try (SessionCodec codec = Codecs.limited(1_000, 1_000)) {
            Shapes.Hooked hooked = new Shapes.Hooked("x".repeat(2_000), 1);
            Shapes.External external = new Shapes.External();
            external.name = "x".repeat(2_000);
            Encoding encoding = codec.encode(Codecs.entries(
                    "a",
                    new byte[990],
                    "b",
                    new byte[1_000],
                    "c",
                    "x".repeat(2_000),
                    "d",
                    hooked,
                    "e",
                    external,
                    "f",
                    1));

            assertThat(encoding.fragments()).flatExtracting(Fragment::names).containsExactly("a", "f");
            assertThat(encoding.refusals()).allSatisfy(refusal -> {
                assertThat(refusal.reason()).contains("1000 bytes");
                assertThat(refusal.path()).isEqualTo(refusal.name());
            });
        }
    }

    @Test
    void aGroupThatIsTooLargeTogetherIsRefusedTogether() {
        try (SessionCodec codec = Codecs.limited(1_000, 1_000)) {
            List<Object> shared = new ArrayList<>();
            Encoding encoding = codec.encode(Codecs.entries(
                    "a", new Object[] {shared, new byte[600]}, "b", new Object[] {shared, new byte[600]}, "c", 1));

            assertThat(encoding.refusals()).extracting(Encoding.Refusal::name).containsExactly("a", "b");
            assertThat(encoding.fragments()).flatExtracting(Fragment::names).containsExactly("c");
        }
    }

    @Test
    void aFragmentThatIsTooLargeIsNotRead() {
        try (SessionCodec large = Codecs.forTests();
                SessionCodec small = Codecs.limited(1_000, 1_000)) {
            Fragment fragment = Codecs.encode(large, new byte[1_000]);
            assertThatThrownBy(() -> small.decode(fragment))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("1000 bytes");
        }
    }

    @Test
    void sizeGrowsWithTheNumberOfObjectsAndNotWithTheirDepth() {
        try (SessionCodec codec = Codecs.forTests()) {
            int hundred = Codecs.encode(codec, DeepGraphTest.chain(100)).bytes().length;
            int thousand = Codecs.encode(codec, DeepGraphTest.chain(1_000)).bytes().length;
            assertThat(thousand).isLessThan(10 * hundred).isLessThan(20_000);

            Object nested = "end";
            for (int i = 0; i < 1_000; i++) {
                Shapes.Hooked hooked = new Shapes.Hooked("h", i);
                hooked.part = nested;
                nested = hooked;
            }
            assertThat(Codecs.encode(codec, nested).bytes()).hasSizeLessThan(60_000);
        }
    }

    static Stream<Arguments> values() {
        return RoundTripTest.values();
    }

    /**
     * Each bit of the first and last kilobyte is turned, and random bytes are put in: whatever comes out, it comes soon, it is a value
     * or an UndecodableException, and the codec goes on working.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void damagedBytesDoNoHarm(String name, Callable<Object> supplier) throws Exception {
        try (SessionCodec codec = Codecs.limited(1 << 20, 2_000)) {
            byte[] bytes = Codecs.encode(codec, supplier.call()).bytes();
            Random random = new Random(7);
            for (int round = 0; round < 400; round++) {
                byte[] damaged = bytes.clone();
                int at = round < 200 ? Math.min(round, bytes.length - 1) : random.nextInt(bytes.length);
                switch (round % 4) {
                    case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> damaged[at] = (byte) 0xFF;
                    case 2 -> damaged[at] = (byte) random.nextInt();
                    default -> damaged = Arrays.copyOf(damaged, at);
                }
                Fragment fragment = new Fragment(List.of("value"), 0, damaged);
                assertThatCode(() -> decodeOrReject(codec, fragment)).doesNotThrowAnyException();
            }
            assertThat(Codecs.<Object>roundTrip(codec, "works")).isEqualTo("works");
        }
    }

    private static void decodeOrReject(SessionCodec codec, Fragment fragment) {
        byte[] before = fragment.bytes().clone();
        try {
            codec.decode(fragment);
        } catch (UndecodableException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(fragment.bytes()).isEqualTo(before);
    }

    @Test
    void aLengthIsNotBelieved() {
        try (SessionCodec codec = Codecs.forTests()) {
            for (int code : new int[] {2, 36, 37, 38, 39, 40, 41, 42, 43, 44, 49, 51, 52, 60}) {
                byte[] bytes = {1, (byte) code, 1, -1, -1, -1, -1, 7, 0, 0, 0};
                assertThatThrownBy(() -> codec.decode(new Fragment(List.of("a"), 0, bytes)))
                        .as("code %d", code)
                        .isInstanceOf(UndecodableException.class);
            }
        }
    }

    @Test
    void nestedLengthsAreNotBelievedTogether() {
        try (SessionCodec codec = Codecs.forTests()) {
            byte[] bytes = new byte[4 << 20];
            bytes[0] = 1;
            for (int at = 1; at < bytes.length - 8; at += 6) {
                // a list of two million elements, the first of which is such a list
                System.arraycopy(new byte[] {41, 1, (byte) 0x80, (byte) 0x89, 0x7A, 0}, 0, bytes, at, 5);
                at--;
            }
            assertThatThrownBy(() -> codec.decode(new Fragment(List.of("a"), 0, bytes)))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("lengths");
        }
    }

    @Test
    void unknownFormsAreTold() {
        try (SessionCodec codec = Codecs.forTests()) {
            assertThatThrownBy(() -> codec.decode(new Fragment(List.of("a"), 0, new byte[] {9, 1, 1})))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining("form 9");
            assertThatThrownBy(() -> codec.decode(new Fragment(List.of("a"), 0, new byte[0])))
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> Codecs.limited(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Codecs.limited(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedCodecSaysSo() {
        SessionCodec codec = Codecs.forTests();
        Fragment fragment = Codecs.encode(codec, new Cart(1));
        codec.close();
        codec.close();
        assertThatThrownBy(() -> codec.encode(Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(fragment)).isInstanceOf(IllegalStateException.class);
    }
}
