package org.colonnade.execution.place;

import java.util.List;
import org.colonnade.execution.Clusters.Check;
import org.colonnade.execution.Clusters.Status;
import org.colonnade.execution.Clusters.Stay;

/** A place on other machines, which its operator wants to see and to try. A bean of this type is enough. */
public interface ClusterAdapter extends PlaceAdapter, AutoCloseable {

    /** Read when somebody looks; never asks the cluster. */
    Status status();

    /** See {@link org.colonnade.execution.Clusters#stays}. */
    List<Stay> stays(int limit);

    /** See {@link org.colonnade.execution.Clusters#test}. */
    List<Check> test() throws InterruptedException;

    @Override
    void close();
}
