package dev.bindery.api;

import org.apiguardian.api.API;

/** The version of this contract, which a card's {@code api} field is held against. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ContractVersion {
    /** Major and minor version. */
    public static final String CURRENT = "1.0";

    private ContractVersion() {}
}
