package dev.holdfast.it.http;

import java.net.URI;

/** Something that answers by HTTP. */
@FunctionalInterface
public interface Host {
    /** The address of a path there, a query included if there is one. */
    URI uri(String path);
}
