package org.colonnade.jobs.engine;

/**
 * This process, as registered.
 *
 * @param number given anew with every registration, also after a lost lease
 * @param name for people, e.g. host and process id
 */
record Registration(long number, String name) {}
