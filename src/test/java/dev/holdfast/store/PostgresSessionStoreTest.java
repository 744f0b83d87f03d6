package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSessionStoreTest extends SessionStoreContract {
    private final PostgresTable table = PostgresTable.create();
    private final SessionStore store = table.store();
    private final SessionStore otherNode = table.store();

    @AfterEach
    void close() {
        table.close();
    }

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    SessionStore otherNode() {
        return otherNode;
    }

    @Override
    void passTime(Duration duration) {
        table.passTime(duration);
    }

    @Test
    void anExpiryPastTheYear9999StaysAtItsEnd() {
        long revision = created("touched", Integer.MAX_VALUE);
        table.update("update " + table.name() + " set accessed_at = timestamptz '9990-01-01 00:00:00+00'");
        store.touch(id("touched"));
        assertThat(expiry("touched")).isEqualTo(OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"));
        assertThat(loaded("touched").remaining()).isPositive();

        assertThat(store.save(id("touched"), revision, timeout(revision(), Integer.MAX_VALUE)))
                .isEqualTo(new SaveResult.Saved());
        assertThat(expiry("touched")).isEqualTo(OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"));
    }

    private OffsetDateTime expiry(String name) {
        return OffsetDateTime.parse(
                table.column(id(name), "to_char(expires_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    }

    @Test
    void applicationsShareATableWithoutSeeingEachOther() {
        SessionStore other = table.store(table.settings("other"));
        IdHash theirs = IdHash.of("other", "a");
        created("a", 1);
        other.create(new NewSession(theirs, revision(), 1, bytes("x")));
        assertThat(other.countAlive()).isEqualTo(1);
        assertThat(store.countAlive()).isEqualTo(1);

        passTime(Duration.ofSeconds(2));
        assertThat(claim()).extracting(claimed -> claimed.row().idHash()).containsExactly(id("a"));
        assertThat(other.pruneExpired(true)).isEqualTo(1);
        assertThat(other.pruneExpired(true)).isZero();
    }

    @Test
    void largeContentsComeBackAsTheyWent() {
        byte[] large = new byte[3_000_000];
        new java.util.Random(1).nextBytes(large);
        long revision = revision();
        store.create(new NewSession(id("a"), revision, 60, large));
        assertThat(store.load(id("a"), OptionalLong.empty()).orElseThrow().base())
                .isEqualTo(large);
    }
}
