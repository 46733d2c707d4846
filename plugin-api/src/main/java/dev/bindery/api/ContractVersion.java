package dev.bindery.api;

import org.apiguardian.api.API;

/** The version of this contract, which a card's {@code api} field is held against. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ContractVersion {
    /** Major and minor version. */
    public static final String CURRENT = "0.1";

    private ContractVersion() {}
}
