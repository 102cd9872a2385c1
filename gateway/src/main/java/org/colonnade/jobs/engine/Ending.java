package org.colonnade.jobs.engine;

/**
 * The end of one run of a handler, on its way into the database.
 *
 * @param silent whether listeners are not told, because one of them kept the job from ending
 */
record Ending(Claimed claimed, Move move, boolean silent) {}
