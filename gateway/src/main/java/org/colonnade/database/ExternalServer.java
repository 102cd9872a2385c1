package org.colonnade.database;

/** A server that somebody else runs. */
record ExternalServer(String url, String username, String password) implements DatabaseServer {

    @Override
    public void close() {}
}
