package org.colonnade.web.work;

import java.time.Clock;
import org.colonnade.jobs.Job;
import org.colonnade.jobs.Jobs;
import org.colonnade.web.JobPage;
import org.colonnade.web.JobPanels;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the panels of a job show, on the common page and on a column's own. */
@Component
class Panels implements JobPanels {

    static final int LINES = 500;

    private final Jobs jobs;
    private final Work work;
    private final Logs logs;

    Panels(Jobs jobs, Work work, Logs logs) {
        this.jobs = jobs;
        this.work = work;
        this.logs = logs;
    }

    @Override
    public void add(Job job, Model model) {
        addStatus(job, true, model);
        model.addAttribute("find", "");
        model.addAttribute("log", logs.tail(job.id(), LINES));
    }

    /** @param own whether this is the column's own page, which has its own ways on */
    void addStatus(Job job, boolean own, Model model) {
        JobPage page = work.page(job.kind()).orElse(null);
        model.addAttribute("job", job);
        model.addAttribute("own", own);
        model.addAttribute("kind", work.kindName(job.kind()));
        model.addAttribute("duration", Words.duration(job, Clock.systemUTC().instant()));
        model.addAttribute("outlook", jobs.outlook(job.id()).orElse(null));
        model.addAttribute("events", jobs.events(job.id()));
        model.addAttribute("files", work.files(job));
        model.addAttribute("canRunAgain", work.canRunAgain(job));
        model.addAttribute("ownPage", own || page == null ? null : page.pathOf(job.id()));
        model.addAttribute("againPage", own || page == null || !job.state().isFinal() ? null : page.againOf(job.id()));
    }
}
