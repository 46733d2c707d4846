package dev.bindery.server;

import dev.bindery.api.Capability;
import dev.bindery.api.GenerationResult;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bodies that say as much as their endpoints understand: what bad ones are made of.
 *
 * @param path the endpoint
 * @param json what it takes
 */
record GoodBody(String path, String json) {
    private static final String MODEL = "fuzz/model";
    private static final String IMAGE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==";

    /** Serves the model that they all name. */
    static void serveModel(Served served) {
        served.router.serve(
                MODEL,
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT,
                Capability.COMPLETION,
                Capability.EMBEDDINGS,
                Capability.TOKENIZE);
    }

    static Map<String, String> byPath() {
        return all().collect(Collectors.toMap(GoodBody::path, GoodBody::json));
    }

    static Stream<GoodBody> all() {
        return Stream.of(
                body(
                        "/v1/chat/completions",
                        "'max_tokens':5,'n':1,'temperature':0.5,'stop':['a'],'seed':1,'logit_bias':{'1':2},'stream':true,'stream_options':{'include_usage':true},'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}},'tools':[{'type':'function','function':{'name':'f','description':'d','parameters':{'type':'object'}}}],'tool_choice':'auto','messages':[{'role':'system','content':'s'},{'role':'user','content':[{'type':'text','text':'t'},{'type':'image_url','image_url':{'url':'data:image/png;base64,IMAGE','detail':'low'}},{'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}},{'type':'file','file':{'file_data':'data:application/pdf;base64,AAAA','filename':'f'}}]},{'role':'assistant','content':null,'reasoning_content':'r','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':'x'}]"),
                body(
                        "/v1/completions",
                        "'prompt':['a','b'],'suffix':'s','echo':true,'n':1,'max_tokens':3,'logprobs':2,'stop':'x','stream':false"),
                body(
                        "/v1/responses",
                        "'instructions':'i','max_output_tokens':5,'reasoning':{'effort':'low'},'text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object'}}},'tools':[{'type':'function','name':'f','parameters':{'type':'object'}}],'tool_choice':{'type':'function','name':'f'},'metadata':{'a':'b'},'stream':true,'input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'t'},{'type':'input_image','image_url':'data:image/png;base64,IMAGE'}]},{'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':'s'}],'encrypted_content':'bindery.e30'},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'o'}]"),
                body(
                        "/v1/embeddings",
                        "'input':['a',[1,2]],'encoding_format':'base64','dimensions':8"),
                body(
                        "/v1/messages",
                        "'max_tokens':5,'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}],'stream':true,'temperature':1,'top_k':3,'stop_sequences':['x'],'thinking':{'type':'enabled','budget_tokens':5},'tools':[{'name':'f','description':'d','input_schema':{'type':'object'}}],'tool_choice':{'type':'auto','disable_parallel_tool_use':true},'messages':[{'role':'user','content':[{'type':'text','text':'t'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'IMAGE'}},{'type':'document','source':{'type':'text','media_type':'text/plain','data':'d'}}]},{'role':'assistant','content':[{'type':'thinking','thinking':'h','signature':'bindery.eyJkYXRhIjp7fX0'},{'type':'redacted_thinking','data':'d'},{'type':'tool_use','id':'c','name':'f','input':{'a':1}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','is_error':true,'content':[{'type':'text','text':'t'}]}]}]"),
                body("/v1/messages/count_tokens", "'messages':[{'role':'user','content':'x'}]"),
                body(
                        "/api/chat",
                        "'stream':false,'keep_alive':'5m','format':{'type':'object'},'think':'low','options':{'temperature':0.1,'num_predict':3,'stop':['a'],'seed':2,'num_ctx':5},'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object'}}}],'messages':[{'role':'user','content':'t','images':['IMAGE']},{'role':'assistant','content':'','thinking':'h','tool_calls':[{'id':'c','function':{'name':'f','arguments':{'a':1}}}]},{'role':'tool','tool_name':'f','content':'x'}]"),
                body(
                        "/api/generate",
                        "'prompt':'p','suffix':'','system':'s','images':['IMAGE'],'raw':false,'context':[],'template':'','keep_alive':-1,'format':'json','stream':true,'options':{}"),
                body("/api/embed", "'input':['a','b'],'truncate':true,'dimensions':4,'options':{}"),
                body("/api/embeddings", "'prompt':'p'"),
                body("/api/show", "'name':'fuzz/model','verbose':true"),
                body("/api/pull", "'stream':true,'insecure':false"),
                body("/api/copy", "'source':'a','destination':'b'"),
                body(
                        "/lollms_generate",
                        "'model_name':'fuzz::model','prompt':'p','n_predict':-1,'stream':true,'temperature':0.1,'top_k':4,'top_p':0.5,'repeat_penalty':1,'repeat_last_n':4,'seed':-1,'n_threads':2,'personality':-1"),
                body(
                        "/lollms_generate_with_images",
                        "'model_name':'fuzz/model','prompt':'p','images':['IMAGE']"),
                body("/lollms_tokenize", "'prompt':'p','return_named':true"),
                body("/lollms_detokenize", "'tokens':[65,['a',66]],'return_named':false"),
                body("/lollms_embed", "'text':'t'"),
                body("/lollms/v1/tokenize", "'text':'t'"),
                body("/lollms/v1/detokenize", "'tokens':[65,66]"),
                body("/update_binding_settings", "'client_id':'c','name':'echo'"),
                body("/get_active_binding_settings", "'client_id':'c','name':'echo'"),
                body("/reload_binding", "'client_id':'c','name':'echo'"));
    }

    private static GoodBody body(String path, String fields) {
        String json = "{'model':'" + MODEL + "'," + fields.replace("IMAGE", IMAGE) + "}";
        return new GoodBody(path, json.replace('\'', '"'));
    }
}
