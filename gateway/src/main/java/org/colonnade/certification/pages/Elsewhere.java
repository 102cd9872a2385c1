package org.colonnade.certification.pages;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where other systems show a run; templates ask for it by the bean's name. */
@Component("certificationElsewhere")
class Elsewhere {

    private final ElsewhereProperties properties;

    Elsewhere(ElsewhereProperties properties) {
        this.properties = properties;
    }

    record Link(String name, String address) {}

    public List<Link> of(int run) {
        var links = new ArrayList<Link>();
        add(links, "OMS", properties.oms(), run);
        add(links, "DQM", properties.qualityMonitor(), run);
        return links;
    }

    private static void add(List<Link> links, String name, @Nullable String template, int run) {
        if (template != null) {
            links.add(new Link(name, template.replace("{run}", Integer.toString(run))));
        }
    }
}
