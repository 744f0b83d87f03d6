package dev.holdfast.bench.meter;

import dev.holdfast.it.holdfast.Database;
import dev.holdfast.testdb.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The PostgreSQL that all contestants use, one after the other. One that is started here gets more shared memory and rarer
 * checkpoints than a fresh installation has, and {@code pg_stat_statements}, which counts only while it is told to. It also does
 * without the zeros that a server writes into each new file of WAL, for tens of milliseconds in which nobody can commit: one that
 * has run for a while uses its old files again. A server that was given stays as it is.
 */
public final class DatabaseServer implements AutoCloseable {
    private static final List<String> SETTINGS = List.of(
            "shared_buffers = '1GB'",
            "max_wal_size = '8GB'",
            "checkpoint_timeout = '30min'",
            "wal_init_zero = off",
            "shared_preload_libraries = 'pg_stat_statements'",
            "pg_stat_statements.track = 'none'");

    private final TestPostgres postgres;
    private final Sql sql;
    private final long postmaster;
    private final boolean countsStatements;

    private DatabaseServer(TestPostgres postgres) {
        this.postgres = postgres;
        this.countsStatements = postgres.canRestart() && configure(postgres);
        this.sql = new Sql(postgres);
        this.postmaster = findPostmaster(sql)
                .orElseThrow(() -> new IllegalStateException("the CPU time of the given PostgreSQL cannot be read: its"
                        + " processes are not on this machine, or its data directory is another user's"));
    }

    /** @throws IllegalStateException if its processes are not on this machine, so that what they cost cannot be told */
    public static DatabaseServer start() {
        TestPostgres postgres = Database.startUncontained();
        try {
            return new DatabaseServer(postgres);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static boolean configure(TestPostgres postgres) {
        try (Sql sql = new Sql(postgres)) {
            for (String setting : SETTINGS) {
                sql.execute("alter system set " + setting);
            }
        }
        postgres.restart();
        try (Sql sql = new Sql(postgres)) {
            sql.execute("create extension if not exists pg_stat_statements");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static OptionalLong findPostmaster(Sql sql) {
        Path file = Path.of(sql.text("show data_directory")).resolve("postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
            boolean here = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.contains("postgres"))
                    .isPresent();
            return here ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    public TestPostgres postgres() {
        return postgres;
    }

    public Sql sql() {
        return sql;
    }

    /** All of its processes. */
    public long cpuNanos() {
        return ProcessCpu.nanosWithChildren(postmaster);
    }

    /** The position at which the next byte of WAL goes. */
    public long walBytes() {
        return sql.number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    /** Bytes of these tables with all that belongs to them: indexes, out-of-line values, maps. */
    public long sizeBytes(String schema) {
        return sql.number("select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = '" + schema
                + "'");
    }

    /** Updates of rows in this schema so far, and how many of them stayed in their page and left the indexes alone. */
    public Updates updates(String schema) {
        String from = " from pg_stat_user_tables where schemaname = '" + schema + "'";
        return new Updates(
                sql.number("select coalesce(sum(n_tup_upd), 0)" + from),
                sql.number("select coalesce(sum(n_tup_hot_upd), 0)" + from));
    }

    /**
     * Updates of rows; PostgreSQL's processes report them with up to a second's delay.
     *
     * @param hot of these, heap-only
     */
    public record Updates(long all, long hot) {}

    /** Whether {@link #statementsDuring} can count. */
    public boolean countsStatements() {
        return countsStatements;
    }

    /**
     * How many statements the server runs during this work, {@code BEGIN} and the like apart. Does it twice and counts the
     * second time: each connection learns of the counting with a delay, at the latest before the statement after its next.
     */
    public long statementsDuring(Runnable work) {
        sql.execute("alter system set pg_stat_statements.track = 'top'");
        sql.execute("select pg_reload_conf()");
        try {
            work.run();
            sql.execute("select pg_stat_statements_reset()");
            work.run();
        } finally {
            sql.execute("alter system set pg_stat_statements.track = 'none'");
            sql.execute("select pg_reload_conf()");
        }
        return sql.number(
                """
                select coalesce(sum(calls), 0) from pg_stat_statements
                 where query !~* '^ *(begin|commit|rollback|set|show|alter|select pg_reload_conf|select pg_stat_statements_reset)'""");
    }

    /** What a reader of the report must know about this server. */
    public String description() {
        return "PostgreSQL " + sql.text("show server_version") + ", synchronous_commit "
                + sql.text("show synchronous_commit") + ", fsync " + sql.text("show fsync") + ", shared_buffers "
                + sql.text("show shared_buffers") + ", wal_init_zero " + sql.text("show wal_init_zero")
                + ", autovacuum " + sql.text("show autovacuum");
    }

    /**
     * Does now what autovacuum would do later about what warming has left, in the middle of a measurement: CPU and WAL are the
     * whole server's.
     */
    public void vacuum(String schema) {
        String tables = sql.text("select coalesce(string_agg(format('%I.%I', schemaname, tablename), ', '), '')"
                + " from pg_tables where schemaname = '" + schema + "'");
        if (!tables.isEmpty()) {
            sql.execute("vacuum (analyze) " + tables);
        }
    }

    /** Removes what a contestant has left, and brings the server to rest. */
    public void drop(String schema) {
        sql.execute("drop schema if exists " + schema + " cascade");
        sql.execute("checkpoint");
    }

    @Override
    public void close() {
        try {
            sql.close();
        } finally {
            postgres.close();
        }
    }
}
