package org.colonnade.certification.pages;

import org.springframework.stereotype.Component;

/** Names the looks of statuses and states for templates. */
@Component("certificationLooks")
class CertificationLooks {

    public String status(String word) {
        return Verdicts.look(word);
    }

    public String state(String word) {
        return Cell.look(word);
    }
}
