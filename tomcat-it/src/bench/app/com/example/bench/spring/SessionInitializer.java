package com.example.bench.spring;

import org.springframework.session.web.context.AbstractHttpSessionApplicationInitializer;

/** Puts Spring Session's filter before the application. */
public class SessionInitializer extends AbstractHttpSessionApplicationInitializer {
    public SessionInitializer() {
        super(SessionConfig.class);
    }
}
