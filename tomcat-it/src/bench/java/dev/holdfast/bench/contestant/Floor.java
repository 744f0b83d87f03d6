package dev.holdfast.bench.contestant;

import dev.holdfast.it.node.NodeBuilder;

/** The bare minimum of a session in a database: a servlet, JDBC, one row. */
public final class Floor implements Contestant {
    /** The same in every node, for the runs with two of them; it protects nothing but the figures. */
    private static final String KEY = "5f1d3e70a2b94c668d0e7f12c3a4b5968796a5b4c3d2e1f00112233445566778";

    @Override
    public String key() {
        return "floor";
    }

    @Override
    public String title() {
        return "the floor: bare JDBC, one row";
    }

    @Override
    public String note() {
        return "No session manager: a servlet reads one row by primary key, opens it with AES-GCM (one key, Ciphers used"
                + " again), decodes it with code written for exactly these types, and for a change seals and rewrites"
                + " the whole row. Tomcat's pool (DBCP2), the same driver, the same fill factor as Holdfast.";
    }

    @Override
    public boolean isYardstick() {
        return true;
    }

    @Override
    public void prepare(Ground ground) {
        ground.database()
                .sql()
                .execute(
                        """
                        create table %1$s.floor_session (
                            id          bytea       primary key,
                            revision    bigint      not null,
                            created_at  timestamptz not null,
                            accessed_at timestamptz not null,
                            expires_at  timestamptz not null,
                            data        bytea       not null
                        ) with (fillfactor = 70);
                        create index on %1$s.floor_session (expires_at);
                        alter table %1$s.floor_session alter column data set storage external
                        """
                                .formatted(ground.schema()));
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        return node.library(Ground.driver())
                .property("bench.floor.key", KEY)
                .contextElement(ground.resource())
                .app("bench", Ground.app("floor"));
    }
}
