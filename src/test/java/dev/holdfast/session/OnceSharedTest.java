package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.Catalogues;
import java.util.Calendar;
import java.util.List;
import java.util.Objects;
import java.util.SimpleTimeZone;
import org.junit.jupiter.api.Test;

/**
 * A calendar that writes its zone with Java's own hooks and a zone beside it: where they were made, both refer to one array of the
 * JVM's, so they travel as one; where they arrive they share nothing.
 */
class OnceSharedTest extends EngineTestBase {
    private static Object of(String name) throws Exception {
        return Objects.requireNonNull(Catalogues.all().get("JDK: " + name)).call();
    }

    private void begin() throws Exception {
        Object calendar = of("GregorianCalendar invalid and strict");
        Object zone = of("SimpleTimeZone");
        a.begin(ID, session -> {
            session.put("calendar", calendar);
            session.put("zone", zone);
        });
    }

    @Test
    void aReaderOfBothWritesNeither() throws Exception {
        begin();

        b.serve(ID, session -> List.of("calendar", "zone").forEach(session::get));

        assertThat(b.store.calls()).containsExactly("load");
    }

    @Test
    void aChangeOfOneIsSavedAndTheOtherStaysWatched() throws Exception {
        begin();
        try (Node.Request request = b.request(ID)) {
            zone(request).setRawOffset(1_000);
            assertThat(((Object[]) Objects.requireNonNull(request.get("calendar")))[0])
                    .isInstanceOf(Calendar.class);
            request.save();
            ((Object[]) Objects.requireNonNull(request.get("calendar")))[1] = 2;
        }

        try (Node.Request request = a.request(ID)) {
            assertThat(zone(request).getRawOffset()).isEqualTo(1_000);
            assertThat(((Object[]) Objects.requireNonNull(request.get("calendar")))[1])
                    .isEqualTo(2);
        }
    }

    private static SimpleTimeZone zone(Node.Request request) {
        return (SimpleTimeZone) Objects.requireNonNull(request.get("zone"));
    }
}
