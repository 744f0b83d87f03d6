package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.InMemorySessionStore;
import dev.holdfast.store.Revision;
import dev.holdfast.store.SaveResult;
import dev.holdfast.store.SessionChange;
import dev.holdfast.store.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What another node has changed is fetched without the base that this one holds, and never laid over another base. */
class HeldBaseTest extends EngineTestBase {
    private static final IdHash KEY = IdHash.of("app", ID);
    private static final String LARGE = "x".repeat(5_000);

    @Test
    void whatAnotherNodeHasChangedComesWithoutTheBase() {
        a.begin(ID, session -> session.put("large", LARGE));
        b.read(ID, "large");
        a.serve(ID, session -> {
            session.put("count", 1);
            session.put("list", new ArrayList<>(List.of("book")));
        });

        assertThat(b.read(ID, "count")).isEqualTo(1);
        assertThat(b.read(ID, "list")).isEqualTo(List.of("book"));
        assertThat(b.read(ID, "large")).isEqualTo(LARGE);
        assertThat(b.store.bytesLoaded()).as("the base once, a delta once").isBetween(5_000L, 6_000L);
    }

    @Test
    void whatIsWrittenOverAHeldBaseIsWhole() {
        a.begin(ID, session -> session.put("large", LARGE));
        b.read(ID, "large");
        a.serve(ID, session -> session.put("count", 1));
        b.serve(ID, session -> session.put("other", 2));
        a.serve(ID, session -> session.remove("large"));
        b.serve(ID, session -> session.put("other", 3));

        Node fresh = new Node(store);
        assertThat(fresh.read(ID, "large")).isNull();
        assertThat(fresh.read(ID, "count")).isEqualTo(1);
        assertThat(fresh.read(ID, "other")).isEqualTo(3);
    }

    @Test
    void anotherBaseOfTheSameNumberIsFetched() {
        sameNumber(a, b);
    }

    /** It may be the delta of another base: only the whole row tells, and says what is wrong. */
    @Test
    void aTamperedDeltaOverAHeldBaseIsReportedAndTheRowLeft() {
        a.begin(ID, session -> session.put("large", LARGE));
        b.read(ID, "large");
        a.serve(ID, session -> session.put("count", 1));
        SessionRow genuine = row();
        byte[] delta = Objects.requireNonNull(genuine.delta()).clone();
        delta[delta.length - 1] ^= 1;
        SessionChange tampering =
                new SessionChange(Revision.after(genuine.revision()), null, delta, OptionalInt.empty(), false);
        assertThat(store.save(KEY, genuine.revision(), tampering)).isEqualTo(new SaveResult.Saved());

        assertThat(b.knows(ID)).isFalse();
        assertThat(b.reports).singleElement().asString().startsWith("not authentic");
        assertThat(row().delta()).isEqualTo(delta);
    }

    /** Nothing proves there which base a delta belongs to. */
    @Test
    void inPlaintextTheBaseIsFetched() {
        sameNumber(plaintext(store), plaintext(store));
    }

    @Test
    void inPlaintextARevisionTellsNothingOfTheBase() {
        Node one = plaintext(store);
        Node other = plaintext(store);
        one.begin(ID, session -> session.put("x", 0));
        for (int i = 1; i <= 20; i++) {
            int now = i;
            one.serve(ID, session -> session.put("x", now));
            assertThat(other.read(ID, "x")).isEqualTo(i);
        }
        assertThat(other.store.calls()).as("once each, but by accident").hasSizeBetween(20, 24);
    }

    private void sameNumber(Node writer, Node reader) {
        writer.begin(ID, session -> session.put("large", LARGE));
        reader.read(ID, "large");
        long held = row().revision();
        writer.serve(ID, session -> session.put("large", "another " + LARGE));
        writer.serve(ID, session -> session.put("count", 1));
        SessionRow other = row();
        assertThat(other.delta())
                .as("the first change was folded, the second is a delta")
                .isNotNull();
        long sameNumber = Revision.after(held);
        assertThat(store.save(
                        KEY,
                        other.revision(),
                        new SessionChange(sameNumber, other.base(), other.delta(), OptionalInt.empty(), false)))
                .isEqualTo(new SaveResult.Saved());
        reader.store.calls();

        assertThat(reader.read(ID, "large")).isEqualTo("another " + LARGE);
        assertThat(reader.read(ID, "count")).isEqualTo(1);
        assertThat(reader.store.calls()).containsExactly("load", "load", "load");
        assertThat(reader.reports).isEmpty();
    }

    private SessionRow row() {
        return store.load(KEY, OptionalLong.empty()).orElseThrow();
    }

    private static Node plaintext(InMemorySessionStore store) {
        return new Node(store, SessionCrypto.plaintext(), HeldBaseTest.class.getClassLoader(), 1_000_000);
    }
}
