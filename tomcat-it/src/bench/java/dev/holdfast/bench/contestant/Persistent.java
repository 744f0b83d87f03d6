package dev.holdfast.bench.contestant;

import dev.holdfast.it.node.NodeBuilder;

/** What Tomcat itself has for sessions in a database without sticky sessions. */
final class Persistent implements Contestant {
    @Override
    public String key() {
        return "persistent";
    }

    @Override
    public String title() {
        return "PersistentManager, DataSourceStore, PersistentValve";
    }

    @Override
    public String note() {
        return "As Tomcat's documentation has it: the valve loads the session before each request with a cookie and saves it"
                + " whole after it. Java serialization, no encryption.";
    }

    @Override
    public void prepare(Ground ground) {
        ground.database()
                .sql()
                .execute(
                        """
                        create table %1$s.tomcat_sessions (
                            session_id    varchar(100) not null primary key,
                            valid_session char(1)      not null,
                            max_inactive  int          not null,
                            last_access   bigint       not null,
                            app_name      varchar(255),
                            session_data  bytea
                        );
                        create index kapp_name on %1$s.tomcat_sessions (app_name)
                        """
                                .formatted(ground.schema()));
    }

    @Override
    public NodeBuilder into(NodeBuilder node, Ground ground) {
        return node.library(Ground.driver())
                .contextElement(
                        ground.resource()
                                + """
                        <Valve className="org.apache.catalina.valves.PersistentValve" />
                        <Manager className="org.apache.catalina.session.PersistentManager">
                          <Store className="org.apache.catalina.session.DataSourceStore"
                                 dataSourceName="jdbc/sessions" localDataSource="true"
                                 sessionTable="tomcat_sessions" sessionIdCol="session_id"
                                 sessionValidCol="valid_session" sessionMaxInactiveCol="max_inactive"
                                 sessionLastAccessedCol="last_access" sessionAppCol="app_name"
                                 sessionDataCol="session_data" />
                        </Manager>
                        """)
                .app("bench", Ground.app("session"));
    }
}
