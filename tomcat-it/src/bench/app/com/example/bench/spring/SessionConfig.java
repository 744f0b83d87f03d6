package com.example.bench.spring;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.transaction.PlatformTransactionManager;

/** The data source of the container and a transaction manager; all else by default. */
@Configuration
@EnableJdbcHttpSession
public class SessionConfig {
    @Bean
    public DataSource dataSource() throws NamingException {
        return InitialContext.doLookup("java:comp/env/jdbc/sessions");
    }

    @Bean
    public PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new DataSourceTransactionManager(dataSource);
    }
}
