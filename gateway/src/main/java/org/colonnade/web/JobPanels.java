package org.colonnade.web;

import org.colonnade.jobs.Job;
import org.springframework.ui.Model;

/**
 * Lets a column's own page of a job carry what the common one does: the fragments {@code status} and {@code log} of {@code
 * web/job-parts}, kept up to date by {@code job.js}.
 */
public interface JobPanels {

    /**
     * Adds what both fragments show.
     *
     * @param job a job that the visitor may see
     */
    void add(Job job, Model model);
}
