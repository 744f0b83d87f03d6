package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.Fragment;
import dev.holdfast.codec.SessionCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two requests that look for their changes at the same moment, one of which groups anew what both are holding. */
class RegroupRaceTest {
    private static final String X = EntryName.ofAttribute("x");
    private static final String Y = EntryName.ofAttribute("y");

    private final EntryCodec codec = codec();
    private final Standing standing = new Standing();

    private static EntryCodec codec() {
        CodecSettings settings =
                new CodecSettings(RegroupRaceTest.class.getClassLoader(), name -> true, value -> 0, 1_000_000, 10_000);
        return new EntryCodec(new SessionCodec(settings), new SessionCodec(settings));
    }

    /** What stands under each name; somebody else may come between whoever looks or changes something there. */
    private static final class Standing extends ConcurrentHashMap<String, Unit> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable Runnable beforeTheNextLook;
        private transient @Nullable Runnable beforeTheNthChange;
        private int changesUntilThen;

        void beforeTheNextLook(Runnable other) {
            beforeTheNextLook = other;
        }

        void beforeChange(int number, Runnable other) {
            changesUntilThen = number;
            beforeTheNthChange = other;
        }

        @Override
        public @Nullable Unit get(Object entry) {
            Runnable other = beforeTheNextLook;
            beforeTheNextLook = null;
            if (other != null) {
                other.run();
            }
            return super.get(entry);
        }

        @Override
        public boolean replace(String entry, Unit old, Unit successor) {
            Runnable other = beforeTheNthChange;
            if (other != null && --changesUntilThen == 0) {
                beforeTheNthChange = null;
                other.run();
            }
            return super.replace(entry, old, successor);
        }
    }

    /** A list as the row has it. */
    private Unit stored(String entry) {
        Fragment fragment =
                codec.encode(Map.of(entry, new ArrayList<>())).fragments().get(0);
        Unit unit = Unit.ofRow(fragment, fragment.names());
        unit.value(entry, codec);
        standing.put(entry, unit);
        return unit;
    }

    private Change changeBy(Unit... touched) {
        SessionUse use = new SessionUse();
        Stream.of(touched).forEach(use::touch);
        Set<Unit> units = Collections.newSetFromMap(new IdentityHashMap<>());
        use.addTouchedTo(units);
        return new ChangeFinder(codec, standing, name -> true).find(units, units, Set.of(), 0);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Unit unit, String entry) {
        return (List<Object>) Objects.requireNonNull(unit.valueIfLive(entry));
    }

    private Stream<Object> valuesOf(Change change, String entry) {
        return change.units().values().stream()
                .filter(fragment -> fragment.names().contains(entry))
                .map(fragment -> codec.decode(fragment).get(entry));
    }

    @Test
    void whatComesToShareAnObjectJustNowIsNotOverlooked() {
        Unit x = stored(X);
        Unit y = stored(Y);
        list(x, X).add("pen");
        list(y, Y).add(list(x, X));
        standing.beforeTheNextLook(() -> changeBy(x, y));

        assertThat(valuesOf(changeBy(x), X)).containsExactly(List.of("pen"));
    }

    /** Two that share no object any more. */
    private Unit formerGroup() {
        Unit x = stored(X);
        Unit y = stored(Y);
        list(y, Y).add(list(x, X));
        Unit group = changeBy(x, y).units().keySet().iterator().next();
        list(group, X).add("pen");
        list(group, Y).clear();
        return group;
    }

    private void assertBothAreIn(Change change) {
        assertThat(valuesOf(change, X)).containsExactly(List.of("pen"));
        assertThat(valuesOf(change, Y)).containsExactly(List.of());
    }

    @Test
    void whatSharesItsObjectNoMoreJustNowIsNotOverlooked() {
        Unit group = formerGroup();
        standing.beforeTheNextLook(() -> changeBy(group));

        assertBothAreIn(changeBy(group));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoComesInTheMiddleOfItFindsAllParts(int change) {
        Unit group = formerGroup();
        List<Change> found = new ArrayList<>();
        standing.beforeChange(change, () -> found.add(changeBy(group)));
        changeBy(group);

        assertThat(found).hasSize(1).allSatisfy(this::assertBothAreIn);
    }
}
