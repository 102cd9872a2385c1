package org.colonnade.certification.certify;

import org.colonnade.certification.lumisection.Lanes;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an automatic source says about a run.
 *
 * @param oms facts of the machine
 * @param rr what rules made of them: class, significance
 * @param bits per lumisection, as the machine reported them
 * @param verdicts per lumisection, as rules made them; nothing for a run that is not worth certifying
 */
public record Incoming(ObjectNode oms, ObjectNode rr, Lanes bits, Lanes verdicts) {}
