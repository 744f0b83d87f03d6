package dev.holdfast.packaging.inside;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An application that uses JDBC by itself, in a Tomcat where Holdfast keeps its sessions. Answers with the drivers that
 * {@link DriverManager} offers it after that, and with what a connection of its own is.
 */
public final class OwnDriver implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> input) {
        String driver = input.getOrDefault("driver", "");
        try {
            Driver own = driver.isEmpty() ? null : register(driver);
            try {
                String kept = new KeepOneSession().apply(input);
                return kept + ", " + drivers() + ", " + connection(input);
            } finally {
                if (own != null) {
                    DriverManager.deregisterDriver(own);
                }
            }
        } catch (ReflectiveOperationException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As an application does it: by loading the class. */
    private static Driver register(String className) throws ReflectiveOperationException {
        ClassLoader application = OwnDriver.class.getClassLoader();
        Class<?> type = Class.forName(className, true, application);
        return DriverManager.drivers()
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(className + " did not register itself"));
    }

    private static String drivers() {
        return DriverManager.drivers()
                .map(driver -> driver.getClass().getName())
                .collect(Collectors.toList())
                .toString();
    }

    private static String connection(Map<String, String> input) {
        try (Connection connection =
                DriverManager.getConnection(input.get("url"), input.get("username"), input.get("password"))) {
            Class<?> type = connection.getClass();
            boolean own = type.getClassLoader() == OwnDriver.class.getClassLoader();
            return type.getName() + (own ? " of its own" : " of somebody else");
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
