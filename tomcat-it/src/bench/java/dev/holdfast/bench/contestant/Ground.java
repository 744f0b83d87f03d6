package dev.holdfast.bench.contestant;

import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.it.holdfast.Installation;
import dev.holdfast.it.node.Workshop;
import java.nio.file.Path;

/**
 * What a contestant stands on: the database with an empty schema of its own.
 *
 * @param keyFile for those that encrypt with Holdfast's keys
 * @param connections how many connections to the store a node may have
 */
public record Ground(DatabaseServer database, String schema, Path keyFile, int connections) {
    /** For a data source of the container: all unqualified tables are in the schema. */
    String url() {
        String url = database.postgres().jdbcUrl();
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    Installation holdfast() {
        return new Installation(
                database.postgres().jdbcUrl(),
                database.postgres().username(),
                database.postgres().password(),
                schema,
                keyFile);
    }

    /** Tomcat's own pool, as the floor and the peers use it; without the round trip that by default tests each borrowed connection. */
    String resource() {
        return """
                <Resource name="jdbc/sessions" auth="Container" type="javax.sql.DataSource"
                          driverClassName="org.postgresql.Driver" url="%s" username="%s" password="%s"
                          maxTotal="%d" maxIdle="%d" minIdle="0" maxWaitMillis="5000"
                          testOnBorrow="false" />
                """
                .formatted(
                        url().replace("&", "&amp;"),
                        database.postgres().username(),
                        database.postgres().password(),
                        connections,
                        connections);
    }

    /** The PostgreSQL driver for Tomcat's {@code lib}. */
    static Path driver() {
        return Folder.single(Workshop.target().resolve("driver"), "postgresql-");
    }

    /** One of the benchmark's applications, an exploded war. */
    static Path app(String name) {
        return Workshop.target().resolve("apps").resolve(name);
    }
}
