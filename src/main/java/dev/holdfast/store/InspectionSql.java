package dev.holdfast.store;

import java.util.Map;

/** The statements of {@link TableInspection}: an administrator's, apart from those that serve requests. */
final class InspectionSql {
    static final String SERVER =
            """
            select current_setting('server_version'), current_user,
                   current_setting('transaction_read_only')::boolean, clock_timestamp()""";

    /** Reads only the beginning of each value: the columns are stored so that PostgreSQL need not fetch the rest. */
    private static final String COUNT_BY_HEAD =
            """
            select sealed.head, count(*), count(*) filter (where {alive})
              from {table}
             cross join lateral (
                   select substring(base from 1 for ?) as head where base is not null
                    union
                   select substring(delta from 1 for ?) where delta is not null) as sealed
             group by sealed.head order by 2 desc, 1""";

    private InspectionSql() {}

    static String countByHead(String table) {
        return Placeholders.fill(COUNT_BY_HEAD, Map.of("table", table, "alive", Sql.ALIVE));
    }
}
