package dev.holdfast.breakage;

import static dev.holdfast.breakage.Breakage.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of each breakage that concerns the engine or what it makes of its store, the interleavings tell. */
class EngineBreakageTest {
    /** These are in the room above: no engine alone can show them. */
    private static final Set<Breakage> OF_TOMCAT =
            EnumSet.of(SAVE_AFTER_RESPONSE, CHANGES_AFTER_COMMIT_DROPPED, FAILED_SAVE_ANSWERED, IDLE_COPY_EXPIRES);

    /** The scenario whose law each of the others violates. */
    private static final Map<Breakage, String> SCENARIOS = new EnumMap<>(Map.ofEntries(
            Map.entry(NO_MERGE, "save/save"),
            Map.entry(CONFLICT_GIVEN_UP, "save/save"),
            Map.entry(REVISION_IGNORED, "save/save"),
            Map.entry(OWN_COPY_TRUSTED, "save/save"),
            Map.entry(TORN_SAVE, "rotate/rotate"),
            Map.entry(READER_WRITES, "read/change in place"),
            Map.entry(IN_PLACE_UNSEEN, "change in place/save of another attribute"),
            Map.entry(UPSERT, "save/logout"),
            Map.entry(LOGOUT_STAYS_HERE, "save/logout"),
            Map.entry(LOST_ANSWER_RETRIED, "change/change of what was found"),
            Map.entry(OLD_ID_LIVES_ON, "save/rotate"),
            Map.entry(TOMBSTONE_NOT_FOLLOWED, "save/rotate"),
            Map.entry(LOGOUT_STOPS_AT_TOMBSTONE, "logout/rotate"),
            Map.entry(ROTATION_IN_TWO_STEPS, "save/rotate"),
            Map.entry(ROTATION_NOT_EXCLUSIVE, "rotate/rotate"),
            Map.entry(LOSER_ROTATES_AGAIN, "rotate/rotate"),
            Map.entry(OUTAGE_IS_ABSENCE, "read/read"),
            Map.entry(SWEEP_WITHOUT_CLAIM, "sweep/sweep/save"),
            Map.entry(SWEEP_TELLS_NOBODY, "sweep/sweep/save"),
            Map.entry(EVERY_LOGOUT_TELLS, "logout/logout"),
            Map.entry(TOUCH_NEVER_WRITTEN, "touch/save"),
            Map.entry(EXPIRED_STILL_SERVED, "sweep/sweep/save")));

    static Stream<Breakage> ofTheEngine() {
        return EnumSet.complementOf(EnumSet.copyOf(OF_TOMCAT)).stream();
    }

    @ParameterizedTest
    @MethodSource("ofTheEngine")
    void aBrokenEngineIsFoundOut(Breakage breakage) throws ReflectiveOperationException {
        String scenario = SCENARIOS.get(breakage);
        assertThat(scenario).as("a scenario for " + breakage).isNotNull();

        Map<?, ?> violations = play(Optional.of(breakage), List.of(scenario));

        assertThat(violations.keySet()).as(breakage.sentence()).isEqualTo(Set.of(scenario));
    }

    @Test
    void aSoundOneIsNot() throws ReflectiveOperationException {
        assertThat(play(Optional.empty(), SCENARIOS.values().stream().distinct().toList()))
                .isEmpty();
    }

    private static Map<?, ?> play(Optional<Breakage> breakage, List<String> scenarios)
            throws ReflectiveOperationException {
        ClassLoader loader = new BreakageLoader(EngineBreakageTest.class.getClassLoader(), breakage);
        Class<?> engine = Class.forName("dev.holdfast.session.BrokenEngine", true, loader);
        try {
            return (Map<?, ?>) engine.getMethod("play", List.class, int.class).invoke(null, scenarios, 1);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
