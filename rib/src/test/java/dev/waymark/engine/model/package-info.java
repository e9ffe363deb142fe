/**
 * A naive model of SEMANTICS C to F, written from the rules and not from the engine: plain collections, everything reckoned
 * anew each time, no class of the tables, the engine or the policies, only values of the API.
 *
 * <p>Begin with {@code Model}, which takes {@code Step}s and tells what every peer and sink must hold. {@code HistoryMaker}
 * draws histories, {@code WireTable} is the peer that reads what it was sent. The engine is put beside the model in {@code
 * dev.waymark.engine.ModelRunner}.
 */
@NullMarked
package dev.waymark.engine.model;

import org.jspecify.annotations.NullMarked;
