package org.colonnade.web;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes plots into pages. */
@Component("plotJson")
class PlotJson {

    private final JsonMapper mapper;

    PlotJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Plot plot) {
        return mapper.writeValueAsString(plot);
    }
}
