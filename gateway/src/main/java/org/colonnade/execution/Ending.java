package org.colonnade.execution;

/** How a command ended. */
public sealed interface Ending {

    /** @param status 0 for success; 128 + n for a process killed by signal n */
    record Exited(int status) implements Ending {}

    /** One of its {@link Limits} was reached, and it was killed. */
    record LimitReached(Limit limit, String why) implements Ending {}

    /**
     * It was killed from outside.
     *
     * @param again whether another try may do better: a node failed, say; false if a person ended it on the cluster
     */
    record Killed(String why, boolean again) implements Ending {}

    /** It could not be started at all. */
    record NotStarted(String why) implements Ending {}

    /** The limits that can end a command. */
    enum Limit {
        WALL_TIME,
        CPU_TIME,
        MEMORY,
        FILE_SIZE,
        FOLDER_SIZE,
        OUTPUT
    }
}
