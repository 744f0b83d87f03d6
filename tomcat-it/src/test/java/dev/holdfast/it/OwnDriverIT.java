package dev.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.it.http.Answer;
import dev.holdfast.it.http.Browser;
import dev.holdfast.it.node.TomcatLine;
import dev.holdfast.it.node.TomcatNode;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that brings its own PostgreSQL driver gets its own connections, whatever Holdfast has in lib. */
final class OwnDriverIT {
    private static final String PAGE =
            """
            <%@ page contentType="text/plain;charset=UTF-8" import="java.sql.*" %><%
              Class.forName("org.postgresql.Driver");
              try (Connection connection = DriverManager.getConnection(
                      System.getProperty("holdfast.url"), System.getProperty("holdfast.username"),
                      System.getProperty("holdfast.password"))) {
                session.setAttribute("seen", connection.getClass().getName());
                out.println("connection=" + connection.getClass().getName());
                out.println("own=" + (connection.getClass().getClassLoader() == Class.forName("org.postgresql.Driver").getClassLoader()));
                out.println("loader=" + connection.getClass().getClassLoader().getClass().getSimpleName());
              }
              java.util.Enumeration<Driver> drivers = DriverManager.getDrivers();
              StringBuilder names = new StringBuilder();
              while (drivers.hasMoreElements()) names.append(drivers.nextElement().getClass().getName()).append(' ');
              out.println("drivers=" + names);
            %>
            """;

    @ParameterizedTest
    @EnumSource
    void itsConnectionsComeFromItsOwnDriver(TomcatLine line) throws IOException {
        try (TomcatNode node = Site.of(line)
                .node("owndriver")
                .file("webapps/legacy/index.jsp", PAGE)
                .fileCopy("webapps/legacy/WEB-INF/lib/driver.jar", ownDriver())
                .build()
                .start()) {
            Browser browser = new Browser();
            Answer answer = browser.get(node, "/legacy/index.jsp");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.value("connection")).isEqualTo("org.postgresql.jdbc.PgConnection");
            assertThat(answer.value("own")).isEqualTo("true");
            assertThat(answer.value("loader")).isEqualTo("ParallelWebappClassLoader");
            assertThat(answer.value("drivers")).doesNotContain("holdfast");
            assertThat(browser.sessionCookie()).isPresent();
            assertThat(Site.of(line)
                            .table()
                            .row("/legacy", browser.sessionCookie().orElseThrow()))
                    .isPresent();
        }
    }

    private static Path ownDriver() throws IOException {
        try (Stream<Path> files = Files.list(Workshop.target().resolve("driver"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("postgresql-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
