package dev.holdfast.bench.scenario;

import dev.holdfast.bench.meter.Sql;

/** The sessions of a table that expire when they are told to. */
final class Doomed {
    private final Sql sql;
    private final String table;

    Doomed(Sql sql, String table) {
        this.sql = sql;
        this.table = table;
    }

    /** All that are there now. In a day they would expire one after the other. */
    void setApart() {
        sql.execute(
                "update " + table + " set expires_at = now() + interval '1 day' + random() * interval '10 minutes'");
        sql.execute("vacuum analyze " + table);
    }

    /** Lets the next so many expire, in their order, and watches what becomes of them. */
    SweepWatch expire(int count) {
        sql.execute("update " + table
                + " set expires_at = expires_at - interval '2 days' where id_hash in (select id_hash from " + table
                + " where expires_at > now() + interval '1 day' order by expires_at limit " + count + ")");
        return SweepWatch.start(sql, table);
    }
}
