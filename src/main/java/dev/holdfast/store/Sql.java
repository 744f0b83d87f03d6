package dev.holdfast.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/**
 * Every statement of {@link PostgresSessionStore}, for one table.
 *
 * <p>All but the sweep, the count and the set-up address one row by its primary key, so that the table can be distributed
 * by {@code id_hash}; for the same reason the sweep looks for candidates first and then takes them by key. All times are
 * the database's {@code now()}. The conditions of a write stand in the write itself: PostgreSQL checks them again on the
 * newest version of the row after waiting for another transaction to end.
 */
final class Sql {
    /** What every write asks for: a session that nobody has ended, expired or moved. */
    static final String ALIVE = "moved_to is null and claim is null and expires_at > now()";

    private static final String LAST_ACCESS = "greatest(accessed_at, now())";

    /**
     * Last access, plus time-out, plus touch interval, which is at most a tenth of the time-out; years past 9999 would not
     * survive every client.
     */
    private static final String EXPIRY =
            """
            case when {timeout} > 0
                 then least(
                     {access} + make_interval(secs => {timeout} + least({touch}, {timeout} / 10.0)),
                     timestamptz '9999-12-31 23:59:59.999999+00')
                 else 'infinity' end""";

    /** How many parameters an {@link #EXPIRY} has whose time-out is one. */
    static final int EXPIRY_PARAMETERS = 3;

    private static final String ASKED_EXPIRY =
            EXPIRY.replace("{access}", "now()").replace("{timeout}", "max_inactive");

    private static final String NEW_EXPIRY = EXPIRY.replace("{access}", "now()").replace("{timeout}", "?::integer");

    private static final String TOUCHED_EXPIRY = "greatest(expires_at, "
            + EXPIRY.replace("{access}", LAST_ACCESS).replace("{timeout}", "max_inactive") + ")";

    private static final String CHANGED_EXPIRY =
            EXPIRY.replace("{access}", LAST_ACCESS).replace("{timeout}", "?::integer");

    private static final String LOAD =
            """
            select revision, created_at, accessed_at, max_inactive, expires_at, now(),
                   case when revision = {held} or (revision >> {drawn} = {held} >> {drawn} and delta is not null)
                        then null else base end,
                   case when revision = {held} then null else delta end
              from {table} where id_hash = {id} and {alive}""";

    /**
     * The limit keeps the inner statement what it is: each key is looked up as if it were alone, whatever the planner takes the size of
     * the table for. The selects around the parameters hide from it how many keys there are: a plan for just so many would look better
     * to it than the general one, and be made anew each time.
     */
    private static final String LOAD_TOGETHER =
            """
            select row.*, asked.number
              from unnest((select ?::bytea[]), (select ?::bigint[])) with ordinality as asked (id, held, number)
             cross join lateral ({load} limit 1) as row""";

    private static final String INSPECT =
            """
            select revision, created_at, accessed_at, max_inactive, expires_at, now(), base, delta,
                   moved_to, {alive}
              from {table} where id_hash = ?""";

    private static final String CREATE =
            """
            insert into {table} (id_hash, app, revision, base, created_at, accessed_at, max_inactive, expires_at)
            values (?, ?, ?, ?, now(), now(), ?, {new_expiry})
            on conflict (id_hash) do nothing""";

    /** {@code coalesce} of a column with itself keeps its out-of-line value where it is: nothing is copied. */
    private static final String SAVE =
            """
            update {table} set revision = ?, accessed_at = {last_access}, base = coalesce(?, base), delta = ? {more}
             where id_hash = ? and revision = ? and {alive}""";

    /**
     * Passes over a row that somebody holds or changes at this moment, or has done so in vain since it was written: the system column
     * {@code xmax} of what was written last is zero otherwise. To lock it first, and skip it if that cannot be done at once, would cost
     * a record of WAL for each row. How many they are is hidden from the planner as in {@link #LOAD_TOGETHER}; what is true of every
     * number makes it expect one: for ten, on a table that was empty when it made the plan, it would read the whole of it, and keep to
     * that as the table grows.
     */
    private static final String SAVE_TOGETHER =
            """
            update {table} as saved set revision = asked.next, accessed_at = {last_access}, delta = asked.delta
              from unnest((select ?::bytea[]), (select ?::bigint[]), (select ?::bigint[]), (select ?::bytea[]))
                   as asked (id, expected, next, delta)
             where saved.id_hash = asked.id and saved.revision = asked.expected and {alive} and saved.xmax = 0
               and asked.next & 0 = 0
            returning saved.id_hash, saved.revision""";

    /** In the order of the keys. */
    private static final String CREATE_TOGETHER =
            """
            insert into {table} (id_hash, app, revision, base, created_at, accessed_at, max_inactive, expires_at)
            select id, ?, next, base, now(), now(), max_inactive, {expiry}
              from unnest((select ?::bytea[]), (select ?::bigint[]), (select ?::bytea[]), (select ?::integer[]))
                   as asked (id, next, base, max_inactive)
            on conflict (id_hash) do nothing
            returning id_hash, revision""";

    private static final String TOUCH =
            """
            update {table} set accessed_at = {last_access}, expires_at = {touched_expiry}
             where id_hash = ? and {alive}""";

    private static final String DELETE = "delete from {table} where id_hash = ? and {alive}";

    private static final String MOVED_TO = "select moved_to from {table} where id_hash = ? and moved_to is not null";

    private static final String BURY =
            """
            update {table} set revision = ?, moved_to = ?, base = null, delta = null,
                   expires_at = now() + make_interval(secs => ?)
             where id_hash = ? and revision = ? and {alive}
            returning created_at""";

    private static final String SUCCEED =
            """
            insert into {table} (id_hash, app, revision, base, delta, created_at, accessed_at, max_inactive, expires_at)
            values (?, ?, ?, ?, ?, ?, now(), ?, {new_expiry})
            on conflict (id_hash) do nothing""";

    /**
     * In a form that no index answers. Statistics that are older than a mass expiry say that nothing has expired; the planner then takes
     * the index of the expiries for a shorter way to some rows than their keys, and reads all that have expired for every batch.
     */
    private static final String EXPIRED = "least(expires_at, 'infinity') <= now()";

    private static final String UNCLAIMED = "(claim is null or claimed_until < now())";

    private static final String CLAIMABLE =
            """
            select id_hash, expires_at, coalesce(octet_length(base), 0) + coalesce(octet_length(delta), 0)
              from {table}
             where app = ? and expires_at >= ? and expires_at <= now() and moved_to is null and {unclaimed}
             order by expires_at limit ?""";

    private static final String EXPIRED_CONTENTS =
            """
            select revision, created_at, accessed_at, max_inactive, expires_at, now(), base, delta, id_hash
              from {table} where id_hash = any(?) and {expired} and moved_to is null and {unclaimed}""";

    /** As it was read: what a save has changed that was under way as the session expired, is another session to whoever judged it. */
    private static final String AS_SEEN =
            """
            unnest(?::bytea[], ?::bigint[]) as seen (id_hash, revision)
             where t.id_hash = seen.id_hash and t.revision = seen.revision
               and {expired} and moved_to is null and {unclaimed}
            returning t.id_hash""";

    private static final String CLAIM =
            """
            update {table} as t set claim = ?, claimed_until = now() + make_interval(secs => ?)
              from {as_seen}""";

    private static final String REMOVE_EXPIRED = "delete from {table} as t using {as_seen}";

    private static final String DELETE_CLAIMED =
            """
            delete from {table} as t using unnest(?::bytea[], ?::uuid[]) as claimed (id_hash, token)
             where t.id_hash = claimed.id_hash and t.claim = claimed.token""";

    private static final String PRUNABLE =
            """
            select id_hash from {table}
             where app = ? and expires_at <= now() and (moved_to is not null or (? and {unclaimed}))
             order by expires_at limit ?""";

    private static final String PRUNE =
            """
            delete from {table}
             where id_hash = any(?) and {expired} and (moved_to is not null or (? and {unclaimed}))""";

    private static final String COUNT_ALIVE = "select count(*) from {table} where app = ? and {alive}";

    /**
     * One sweep of an application at a time; the lock ends with the transaction, however that ends. A node that freezes in the middle of
     * one must not keep it: the server ends a transaction in which nothing is asked for that long. Statistics that do not know yet of a
     * sweep make the planner read the whole table, with as many processors as it gets, for the little that is left of what has expired:
     * so in this transaction it takes an index, and one processor.
     */
    static final String TRY_LOCK =
            """
            select pg_try_advisory_xact_lock(hashtextextended(?, 0)),
                   set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)""";

    static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

    /** What is there under the configured names: asks the catalog, where a role without any rights gets an answer too. */
    static final String FIND_TABLE =
            """
            select current_user, has_schema_privilege(n.oid, 'usage'), c.oid is not null,
                   array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped),
                   array(select p.name from unnest(array['select', 'insert', 'update', 'delete']) as p (name)
                          where not has_table_privilege(c.oid, p.name))
              from pg_namespace n left join pg_class c on c.relnamespace = n.oid and c.relname = ?
             where n.nspname = ?""";

    private static final String CREATE_SCHEMA = "create schema if not exists {schema}";

    private static final String HEALTH =
            """
            select current_setting('transaction_read_only')::boolean,
                   has_table_privilege({table_literal}, 'insert')
                   and has_table_privilege({table_literal}, 'update')
                   and has_table_privilege({table_literal}, 'delete')
              from (select count(*) from {table} where id_hash = '') as readable""";

    final String table;
    final String load;
    final String loadTogether;
    final String inspect;
    final String create;
    final String createTogether;
    final String save;
    final String saveTogether;
    final String saveTouching;
    final String saveTimeout;
    final String touch;
    final String delete;
    final String movedTo;
    final String bury;
    final String succeed;
    final String claimable;
    final String expiredContents;
    final String claim;
    final String removeExpired;
    final String deleteClaimed;
    final String prunable;
    final String prune;
    final String countAlive;
    final String createSchema;
    final String health;

    private final Identifier schemaName;
    private final String touchSeconds;

    Sql(Identifier schema, Identifier tableName, Duration touchInterval) {
        this.schemaName = schema;
        this.table = schema.quoted() + "." + tableName.quoted();
        this.touchSeconds = BigDecimal.valueOf(touchInterval.getSeconds())
                .add(BigDecimal.valueOf(touchInterval.getNano(), 9))
                .toPlainString();
        this.load = fill(LOAD.replace("{held}", "?").replace("{id}", "?"));
        this.loadTogether = fill(LOAD_TOGETHER
                .replace("{load}", LOAD)
                .replace("{held}", "asked.held")
                .replace("{id}", "asked.id"));
        this.inspect = fill(INSPECT);
        this.create = fill(CREATE);
        this.createTogether = fill(CREATE_TOGETHER.replace("{expiry}", ASKED_EXPIRY));
        this.save = fill(SAVE.replace("{more}", ""));
        this.saveTogether = fill(SAVE_TOGETHER);
        this.saveTouching = fill(SAVE.replace("{more}", ", expires_at = " + TOUCHED_EXPIRY));
        this.saveTimeout = fill(SAVE.replace("{more}", ", max_inactive = ?, expires_at = " + CHANGED_EXPIRY));
        this.touch = fill(TOUCH);
        this.delete = fill(DELETE);
        this.movedTo = fill(MOVED_TO);
        this.bury = fill(BURY);
        this.succeed = fill(SUCCEED);
        this.claimable = fill(CLAIMABLE);
        this.expiredContents = fill(EXPIRED_CONTENTS);
        this.claim = fill(CLAIM.replace("{as_seen}", AS_SEEN));
        this.removeExpired = fill(REMOVE_EXPIRED.replace("{as_seen}", AS_SEEN));
        this.deleteClaimed = fill(DELETE_CLAIMED);
        this.prunable = fill(PRUNABLE);
        this.prune = fill(PRUNE);
        this.countAlive = fill(COUNT_ALIVE);
        this.createSchema = fill(CREATE_SCHEMA);
        this.health = fill(HEALTH);
    }

    /** The names come last and in one pass: whatever a table is called, nothing in its name is replaced. */
    private String fill(String template) {
        String sql = template.replace("{drawn}", String.valueOf(Revision.DRAWN_BITS))
                .replace("{new_expiry}", NEW_EXPIRY)
                .replace("{touched_expiry}", TOUCHED_EXPIRY)
                .replace("{last_access}", LAST_ACCESS)
                .replace("{alive}", ALIVE)
                .replace("{unclaimed}", UNCLAIMED)
                .replace("{expired}", EXPIRED)
                .replace("{touch}", touchSeconds);
        return Placeholders.fill(
                sql,
                Map.of(
                        "schema",
                        schemaName.quoted(),
                        "table",
                        table,
                        "table_literal",
                        "'" + table.replace("'", "''") + "'"));
    }
}
