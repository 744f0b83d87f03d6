package dev.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plain form of a row's part. */
class FramingTest {
    private final SessionCodec codec = Codecs.forTests();

    @AfterEach
    void close() {
        codec.close();
    }

    private static Fragment fragment(int flags, String bytes, String... names) {
        return new Fragment(List.of(names), flags, HexFormat.of().parseHex(bytes));
    }

    private static final FragmentSet EXAMPLE = new FragmentSet(
            List.of(fragment(3, "01020304", "cart", "user"), fragment(-1, "", "\u20acuro")), List.of("gone", ""));

    /** Kept for ever: rows of this form are in databases. */
    private static final String EXAMPLE_BYTES = "01" // version
            + "02" // fragments
            + "02" + "08" + "63617274" + "08" + "75736572" // names: cart, user
            + "03" // flags
            + "04" + "01020304" // bytes
            + "01" + "09" + "e282ac" + "75726f" // name: euro sign, uro
            + "ffffffff0f" // flags -1
            + "00" // no bytes
            + "02" + "08" + "676f6e65" + "00"; // removed: gone and the empty name

    @Test
    void theFormIsFrozen() {
        assertThat(HexFormat.of().formatHex(codec.write(EXAMPLE))).isEqualTo(EXAMPLE_BYTES);
        assertThat(codec.read(HexFormat.of().parseHex(EXAMPLE_BYTES))).isEqualTo(EXAMPLE);
    }

    @Test
    void anEmptySetIsFourBytesAtMost() {
        FragmentSet empty = new FragmentSet(List.of(), List.of());
        assertThat(codec.write(empty)).hasSizeLessThanOrEqualTo(4);
        assertThat(codec.read(codec.write(empty))).isEqualTo(empty);
    }

    @Test
    void largeSetsComeBack() {
        List<Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fragments.add(new Fragment(List.of("name" + i), i, new byte[i * 10]));
        }
        FragmentSet set = new FragmentSet(fragments, List.of("r1", "r2"));
        assertThat(codec.read(codec.write(set))).isEqualTo(set);
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = codec.write(EXAMPLE);
        bytes[0] = 2;
        assertThatThrownBy(() -> codec.read(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("version is 2");
    }

    @Test
    void whatIsCutOffOrTooLongIsNotWellFormed() {
        byte[] bytes = codec.write(EXAMPLE);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(UndecodableException.class);
        }
        assertThatThrownBy(() -> codec.read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void aNameStandsOnceInAFragmentAndOnceAmongTheRemoved() {
        Fragment same = fragment(0, "01", "a", "a");
        assertThatThrownBy(() -> codec.write(new FragmentSet(List.of(same), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.write(new FragmentSet(List.of(), List.of("a", "a"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.read(HexFormat.of().parseHex("0101020261026100010100")))
                .isInstanceOf(UndecodableException.class);
    }

    @Test
    void severalFragmentsMayCarryTheSameName() {
        FragmentSet set = new FragmentSet(List.of(fragment(0, "01", "a", "b"), fragment(0, "02", "a")), List.of("b"));

        assertThat(codec.read(codec.write(set))).isEqualTo(set);
    }

    @Test
    void damageIsFoundOrReadAsSomethingElseButNeverHarms() {
        byte[] bytes = codec.write(EXAMPLE);
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                codec.read(damaged);
            } catch (UndecodableException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }
}
