package org.colonnade.database;

import java.io.Closeable;

/** A PostgreSQL server and how to reach it. */
public sealed interface DatabaseServer extends Closeable permits EmbeddedServer, ExternalServer {

    /** JDBC URL. */
    String url();

    String username();

    String password();

    /** Called when the gateway has started: from then on closing it closes this. */
    default void started() {}
}
