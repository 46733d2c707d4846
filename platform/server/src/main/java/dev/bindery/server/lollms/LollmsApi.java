package dev.bindery.server.lollms;

import dev.bindery.host.Bindings;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import java.util.List;
import java.util.stream.Stream;

/** The endpoints of LoLLMs. Its paths have no prefix of their own; each group is one API here. */
public final class LollmsApi {
    private static final List<String> FOR_CLIENTS =
            List.of("/lollms_", "/lollms/v1/", "/list_", "/get_", "/stop_gen", "/bindings/");
    private static final List<String> FOR_OPERATORS =
            List.of(
                    "/reload_binding",
                    "/install_binding",
                    "/reinstall_binding",
                    "/unInstall_binding",
                    "/get_active_binding_settings",
                    "/set_active_binding_settings",
                    "/update_binding_settings");

    private final Routes routes;

    public LollmsApi(
            ModelRouter router,
            Bindings bindings,
            Instances instances,
            Calls calls,
            JsonBody bodies) {
        ActiveModel active = new ActiveModel(router, instances);
        Routes.Builder all = Routes.builder();
        new GenerationEndpoints(router, active, calls, bodies).addTo(all);
        new TokenEndpoints(router, active, bodies).addTo(all);
        new LengthEndpoints(router, active, bodies).addTo(all);
        new ModelEndpoints(router, active).addTo(all);
        new BindingEndpoints(bindings, bodies).addTo(all);
        new BindingFiles(bindings).addTo(all);
        new SettingEndpoints(instances, active, bodies).addTo(all);
        routes = all.build();
    }

    public List<Api> apis() {
        return Stream.concat(
                        FOR_CLIENTS.stream().map(prefix -> api(prefix, Access.API_KEY)),
                        FOR_OPERATORS.stream().map(prefix -> api(prefix, Access.ADMIN)))
                .toList();
    }

    private Api api(String prefix, Access access) {
        return new Api("lollms", prefix, access, LollmsErrors.FORM, routes);
    }
}
