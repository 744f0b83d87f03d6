package dev.holdfast.tomcat;

import java.io.Serializable;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * A principal and the form in which it is stored. Tomcat's own {@link GenericPrincipal} is taken apart into plain values (name,
 * roles, the user's own principal, attributes), so that what one line of Tomcat wrote the other can read; a log-in context and
 * delegated credentials belong to the node where the user logged in and are left out. Any other principal is stored as it is.
 *
 * @param principal as Tomcat knows it
 * @param stored as the engine stores it
 */
record StoredPrincipal(@Nullable Principal principal, Object stored) {
    static final StoredPrincipal NONE = new StoredPrincipal(null, "");

    static StoredPrincipal of(Principal principal) {
        if (principal.getClass() != GenericPrincipal.class) {
            return new StoredPrincipal(principal, principal);
        }
        GenericPrincipal generic = (GenericPrincipal) principal;
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(generic.getName());
        parts.add(new ArrayList<>(Arrays.asList(generic.getRoles())));
        Principal user = generic.getUserPrincipal();
        parts.add(user != generic && user instanceof Serializable ? user : null);
        Map<String, Object> attributes = new HashMap<>();
        Collections.list(generic.getAttributeNames()).forEach(name -> {
            Object value = generic.getAttribute(name);
            if (value instanceof Serializable) {
                attributes.put(name, value);
            }
        });
        parts.add(attributes);
        return new StoredPrincipal(principal, parts);
    }

    @SuppressWarnings("unchecked") // the form that of() writes
    static StoredPrincipal ofStored(Object stored) {
        if (stored instanceof Principal own) {
            return new StoredPrincipal(own, own);
        }
        List<Object> parts = (List<Object>) stored;
        Principal generic = new GenericPrincipal(
                (String) parts.get(0), (List<String>) parts.get(1), (Principal) parts.get(2), null, null, (Map<
                                String, Object>)
                        parts.get(3));
        return new StoredPrincipal(generic, stored);
    }

    boolean isOf(Principal other) {
        return principal == other;
    }
}
