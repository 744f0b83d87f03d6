package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.FragmentSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final int BASE_BYTES = 3_000;
    private static final List<Fragment> NOTHING = List.of();

    @Test
    void aDeltaThatHasGrownIsFoldedWhateverTheChance() {
        assertThat(image(BASE_BYTES, 990).foldDue(NOTHING, 0.999_999)).isFalse();
        assertThat(image(BASE_BYTES, 1_010).foldDue(NOTHING, 0.999_999)).isTrue();
    }

    @Test
    void aSmallDeltaStaysBesideATinyBase() {
        assertThat(image(100, 80).foldDue(NOTHING, 0.999_999)).isFalse();
        assertThat(image(100, 600).foldDue(NOTHING, 0.999_999)).isTrue();
    }

    /** What rests in the delta is written with every save: its bytes together stay in proportion to a fold's. */
    @Test
    void whatRestsIsWrittenAgainForTwiceTheBytesOfTheBaseAndThenFolded() {
        for (int restingBytes : new int[] {30, 100, 700}) {
            Random random = new Random(1);
            RowImage image = image(BASE_BYTES, restingBytes);
            int saves = 0;
            for (int folds = 0; folds < 2_000; saves++) {
                folds += image.foldDue(NOTHING, random.nextDouble()) ? 1 : 0;
            }
            double writtenPerFold = (double) saves * restingBytes / 2_000 / BASE_BYTES;
            assertThat(writtenPerFold).as("%d bytes that rest", restingBytes).isBetween(1.8, 2.2);
        }
    }

    @Test
    void whatChangesWithEachSaveIsNoReasonToFold() {
        RowImage image = image(BASE_BYTES, 700);
        assertThat(image.foldDue(image.delta().fragments(), 0)).isFalse();
    }

    private static RowImage image(int baseBytes, int deltaBytes) {
        return new RowImage(set("a", baseBytes), RowImage.NOTHING, new byte[0])
                .with(set("b", deltaBytes).fragments(), Set.of());
    }

    /** So many bytes with the name. */
    private static FragmentSet set(String name, int bytes) {
        return new FragmentSet(List.of(new Fragment(List.of(name), 0, new byte[bytes - name.length() - 2])), List.of());
    }
}
