/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */


const check0 = validate52;
const func1 = (text) => {
  let pairs = 0
  for (let i = 1; i < text.length; i++) if ((text.charCodeAt(i - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(i) & 0xfc00) === 0xdc00) pairs++
  return text.length - pairs
}
function validate52(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fromUserId === undefined){
note("/fromUserId", "required", "required");
}
if(data.toGroupId === undefined){
note("/toGroupId", "required", "required");
}
if(data.objectName === undefined){
note("/objectName", "required", "required");
}
if(data.content === undefined){
note("/content", "required", "required");
}
if(data.fromUserId !== undefined){
let data0 = data.fromUserId;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/fromUserId", "minLength", "at least 1 character");
}
if(data0.length * 3 > 64 && new TextEncoder().encode(data0).length > 64){
note("/fromUserId", "x-max-bytes", "at most 64 bytes of UTF-8");
}
}
else {
note("/fromUserId", "type", "a string");
}
}
if(data.toGroupId !== undefined){
let data1 = data.toGroupId;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length < 2 && func1(data2) < 1){
note("/toGroupId/" + i0, "minLength", "at least 1 character");
}
if(data2.length > 64 && func1(data2) > 64){
note("/toGroupId/" + i0, "maxLength", "at most 64 characters");
}
}
else {
note("/toGroupId/" + i0, "type", "a string");
}
}
if(data1.length < 1){
note("/toGroupId", "minItems", "at least 1 group in one call");
}
if(data1.length > 3){
note("/toGroupId", "maxItems", "at most 3 groups in one call");
}
}
else {
note("/toGroupId", "type", "a list");
}
}
if(data.objectName !== undefined){
let data3 = data.objectName;
if(typeof data3 === "string"){
if(data3.length < 2 && func1(data3) < 1){
note("/objectName", "minLength", "at least 1 character");
}
if(data3.length > 32 && func1(data3) > 32){
note("/objectName", "maxLength", "at most 32 characters");
}
if(data3.startsWith("RC:") && !["RC:TypSts","RC:CmdMsg","RC:IWStatusMsg","RC:ReadNtf","RC:IWNormalMsg","RC:IWCmdMsg","RC:IWStorageMsg","RC:TxtMsg","RC:ImgMsg","RC:GIFMsg","RC:HQVCMsg","RC:VcMsg","RC:FileMsg","RC:SightMsg","RC:LBSMsg","RC:ImgTextMsg","RC:ReferenceMsg","RC:CombineMsg","RC:CombineV2Msg","RC:StreamMsg","RC:InfoNtf","RC:CmdNtf","RC:ContactNtf","RC:ProfileNtf","RC:GrpNtf","RC:RRReqMsg","RC:RRRspMsg","RC:SRSMsg","RC:RRMsg","RC:MsgExMsg","RC:InterceptMsg","RC:RL"].includes(data3)){
note("/objectName", "x-reserved-prefix", "a known message type, for \"RC:\" is reserved (allowUnknownTypes lets newer ones through)");
}
}
else {
note("/objectName", "type", "a string");
}
}
if(data.content !== undefined){
let data4 = data.content;
if(typeof data4 === "string"){
if(data4.length < 2 && func1(data4) < 1){
note("/content", "minLength", "at least 1 character");
}
if(data4.length * 3 > 131072 && new TextEncoder().encode(data4).length > 131072){
note("/content", "x-max-bytes", "at most 131072 bytes of UTF-8");
}
}
else {
note("/content", "type", "a string");
}
}
if(data.isIncludeSender !== undefined){
let data5 = data.isIncludeSender;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
note("/isIncludeSender", "type", "an integer");
}
if(!((data5 === 0) || (data5 === 1))){
note("/isIncludeSender", "enum", "one of 0, 1");
}
}
}
else {
note("", "type", "an object");
}
validate52.errors = vErrors;
return errors === 0;
}
const check1 = validate53;
const pattern3 = new RegExp("^[!-~]*$", "u");
function validate53(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data["x-request-id"] !== undefined){
let data0 = data["x-request-id"];
if(typeof data0 === "string"){
if(!pattern3.test(data0)){
note("/x-request-id", "pattern", "text like ^[!-~]*$");
}
if(data0.length < 2 && func1(data0) < 1){
note("/x-request-id", "minLength", "at least 1 character");
}
if(data0.length > 36 && func1(data0) > 36){
note("/x-request-id", "maxLength", "at most 36 characters");
}
}
else {
note("/x-request-id", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate53.errors = vErrors;
return errors === 0;
}
const check2 = validate55;
const pattern4 = new RegExp("^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$", "u");
function validate55(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code === undefined){
note("/code", "required", "required");
}
if(data.code !== undefined){
let data0 = data.code;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
note("/code", "type", "an integer");
}
if(200 !== data0){
note("/code", "const", "200");
}
}
if(data.messageUIDs !== undefined){
let data1 = data.messageUIDs;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.groupId === undefined){
note("/messageUIDs/" + i0+"/groupId", "required", "required");
}
if(data2.messageUID === undefined){
note("/messageUIDs/" + i0+"/messageUID", "required", "required");
}
if(data2.groupId !== undefined){
let data3 = data2.groupId;
if(typeof data3 === "string"){
if(data3.length < 2 && func1(data3) < 1){
note("/messageUIDs/" + i0+"/groupId", "minLength", "at least 1 character");
}
}
else {
note("/messageUIDs/" + i0+"/groupId", "type", "a string");
}
}
if(data2.messageUID !== undefined){
let data4 = data2.messageUID;
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
note("/messageUIDs/" + i0+"/messageUID", "pattern", "text like ^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$");
}
if(data4.length < 2 && func1(data4) < 1){
note("/messageUIDs/" + i0+"/messageUID", "minLength", "at least 1 character");
}
}
else {
note("/messageUIDs/" + i0+"/messageUID", "type", "a string");
}
}
}
else {
note("/messageUIDs/" + i0, "type", "an object");
}
}
}
else {
note("/messageUIDs", "type", "a list");
}
}
}
else {
note("", "type", "an object");
}
validate55.errors = vErrors;
return errors === 0;
}
const check3 = validate56;
function validate56(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.typingContentType === undefined){
note("/typingContentType", "required", "required");
}
if(data.typingContentType !== undefined){
let data0 = data.typingContentType;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/typingContentType", "minLength", "at least 1 character");
}
}
else {
note("/typingContentType", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate56.errors = vErrors;
return errors === 0;
}
const check4 = validate57;
function validate57(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
note("/name", "required", "required");
}
if(data.data === undefined){
note("/data", "required", "required");
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/name", "minLength", "at least 1 character");
}
}
else {
note("/name", "type", "a string");
}
}
if(data.data !== undefined){
if(typeof data.data !== "string"){
note("/data", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate57.errors = vErrors;
return errors === 0;
}
const check5 = validate58;
function validate58(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.msgType === undefined){
note("/msgType", "required", "required");
}
if(data.msgType !== undefined){
let data0 = data.msgType;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/msgType", "minLength", "at least 1 character");
}
}
else {
note("/msgType", "type", "a string");
}
}
if(data.msgFields !== undefined){
let data1 = data.msgFields;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key0 in data1){
if(typeof data1[key0] !== "string"){
note("/msgFields/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", "a string");
}
}
}
else {
note("/msgFields", "type", "an object");
}
}
}
else {
note("", "type", "an object");
}
validate58.errors = vErrors;
return errors === 0;
}
const check6 = validate59;
function validate59(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.lastMessageSendTime === undefined){
note("/lastMessageSendTime", "required", "required");
}
if(data.type === undefined){
note("/type", "required", "required");
}
if(data.lastMessageSendTime !== undefined){
let data0 = data.lastMessageSendTime;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
note("/lastMessageSendTime", "type", "an integer");
}
}
if(data.messageUId !== undefined){
if(typeof data.messageUId !== "string"){
note("/messageUId", "type", "a string");
}
}
if(data.type !== undefined){
let data2 = data.type;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
note("/type", "type", "an integer");
}
}
}
else {
note("", "type", "an object");
}
validate59.errors = vErrors;
return errors === 0;
}
const check7 = validate60;
function validate61(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
if(typeof data.id !== "string"){
note("/id", "type", "a string");
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
note("/name", "type", "a string");
}
}
if(data.portrait !== undefined){
if(typeof data.portrait !== "string"){
note("/portrait", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate61.errors = vErrors;
return errors === 0;
}
function validate63(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
note("/type", "required", "required");
}
if(data.type !== undefined){
let data0 = data.type;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
note("/type", "type", "an integer");
}
}
if(data.userIdList !== undefined){
let data1 = data.userIdList;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
note("/userIdList/" + i0, "type", "a string");
}
}
}
else {
note("/userIdList", "type", "a list");
}
}
if(data.mentionedContent !== undefined){
if(typeof data.mentionedContent !== "string"){
note("/mentionedContent", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate63.errors = vErrors;
return errors === 0;
}
function validate60(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content === undefined){
note("/content", "required", "required");
}
if(data.content !== undefined){
if(typeof data.content !== "string"){
note("/content", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.mentionedInfo !== undefined){
if(!(validate63(data.mentionedInfo, instancePath+"/mentionedInfo"))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
note("", "type", "an object");
}
validate60.errors = vErrors;
return errors === 0;
}
const check8 = validate65;
const pattern5 = new RegExp("^[^\\r\\n]*$", "u");
function validate65(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content === undefined){
note("/content", "required", "required");
}
if(data.imageUri === undefined){
note("/imageUri", "required", "required");
}
if(data.content !== undefined){
let data0 = data.content;
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
note("/content", "pattern", "text like ^[^\\r\\n]*$");
}
if(data0.length < 2 && func1(data0) < 1){
note("/content", "minLength", "at least 1 character");
}
if(data0.length * 3 > 10240 && new TextEncoder().encode(data0).length > 10240){
note("/content", "x-max-bytes", "at most 10240 bytes of UTF-8");
}
}
else {
note("/content", "type", "a string");
}
}
if(data.imageUri !== undefined){
let data1 = data.imageUri;
if(typeof data1 === "string"){
if(data1.length < 2 && func1(data1) < 1){
note("/imageUri", "minLength", "at least 1 character");
}
}
else {
note("/imageUri", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate65.errors = vErrors;
return errors === 0;
}
const check9 = validate67;
function validate67(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.remoteUrl !== undefined){
if(typeof data.remoteUrl !== "string"){
note("/remoteUrl", "type", "a string");
}
}
if(data.gifDataSize !== undefined){
let data1 = data.gifDataSize;
if(!((typeof data1 == "number") && (isFinite(data1)))){
note("/gifDataSize", "type", "a number");
}
}
if(data.width !== undefined){
let data2 = data.width;
if(!((typeof data2 == "number") && (isFinite(data2)))){
note("/width", "type", "a number");
}
}
if(data.height !== undefined){
let data3 = data.height;
if(!((typeof data3 == "number") && (isFinite(data3)))){
note("/height", "type", "a number");
}
}
if(data.localPath !== undefined){
if(typeof data.localPath !== "string"){
note("/localPath", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate67.errors = vErrors;
return errors === 0;
}
const check10 = validate69;
function validate69(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.remoteUrl === undefined){
note("/remoteUrl", "required", "required");
}
if(data.duration === undefined){
note("/duration", "required", "required");
}
if(data.remoteUrl !== undefined){
let data0 = data.remoteUrl;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/remoteUrl", "minLength", "at least 1 character");
}
}
else {
note("/remoteUrl", "type", "a string");
}
}
if(data.duration !== undefined){
let data1 = data.duration;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
note("/duration", "type", "an integer");
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 60 || isNaN(data1)){
note("/duration", "maximum", "at most 60");
}
}
}
if(data.localPath !== undefined){
if(typeof data.localPath !== "string"){
note("/localPath", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate69.errors = vErrors;
return errors === 0;
}
const check11 = validate71;
function validate71(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content !== undefined){
if(typeof data.content !== "string"){
note("/content", "type", "a string");
}
}
if(data.duration !== undefined){
let data1 = data.duration;
if(!((typeof data1 == "number") && (isFinite(data1)))){
note("/duration", "type", "a number");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate71.errors = vErrors;
return errors === 0;
}
const check12 = validate73;
const schema34 = {"type":"object","required":["size","type","fileUrl"],"properties":{"name":{"type":"string"},"size":{"type":["integer","string"]},"type":{"type":"string","minLength":1},"fileUrl":{"type":"string","minLength":1},"user":{"$ref":"spec#/components/schemas/UserInfo"},"extra":{"type":"string"}}};
function validate73(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.size === undefined){
note("/size", "required", "required");
}
if(data.type === undefined){
note("/type", "required", "required");
}
if(data.fileUrl === undefined){
note("/fileUrl", "required", "required");
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
note("/name", "type", "a string");
}
}
if(data.size !== undefined){
let data1 = data.size;
if((!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))) && (typeof data1 !== "string")){
note("/size", "type", "an integer or a string");
}
}
if(data.type !== undefined){
let data2 = data.type;
if(typeof data2 === "string"){
if(data2.length < 2 && func1(data2) < 1){
note("/type", "minLength", "at least 1 character");
}
}
else {
note("/type", "type", "a string");
}
}
if(data.fileUrl !== undefined){
let data3 = data.fileUrl;
if(typeof data3 === "string"){
if(data3.length < 2 && func1(data3) < 1){
note("/fileUrl", "minLength", "at least 1 character");
}
}
else {
note("/fileUrl", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate73.errors = vErrors;
return errors === 0;
}
const check13 = validate75;
const schema35 = {"type":"object","properties":{"sightUrl":{"type":"string"},"content":{"type":"string"},"duration":{"type":"number"},"size":{"type":["number","string"]},"name":{"type":"string"},"user":{"$ref":"spec#/components/schemas/UserInfo"},"extra":{"type":"string"}}};
function validate75(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sightUrl !== undefined){
if(typeof data.sightUrl !== "string"){
note("/sightUrl", "type", "a string");
}
}
if(data.content !== undefined){
if(typeof data.content !== "string"){
note("/content", "type", "a string");
}
}
if(data.duration !== undefined){
let data2 = data.duration;
if(!((typeof data2 == "number") && (isFinite(data2)))){
note("/duration", "type", "a number");
}
}
if(data.size !== undefined){
let data3 = data.size;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (typeof data3 !== "string")){
note("/size", "type", "a number or a string");
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
note("/name", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate75.errors = vErrors;
return errors === 0;
}
const check14 = validate77;
function validate77(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content !== undefined){
if(typeof data.content !== "string"){
note("/content", "type", "a string");
}
}
if(data.latitude !== undefined){
let data1 = data.latitude;
if(!((typeof data1 == "number") && (isFinite(data1)))){
note("/latitude", "type", "a number");
}
}
if(data.longitude !== undefined){
let data2 = data.longitude;
if(!((typeof data2 == "number") && (isFinite(data2)))){
note("/longitude", "type", "a number");
}
}
if(data.poi !== undefined){
if(typeof data.poi !== "string"){
note("/poi", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate77.errors = vErrors;
return errors === 0;
}
const check15 = validate79;
function validate79(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title !== undefined){
if(typeof data.title !== "string"){
note("/title", "type", "a string");
}
}
if(data.content !== undefined){
if(typeof data.content !== "string"){
note("/content", "type", "a string");
}
}
if(data.imageUri !== undefined){
if(typeof data.imageUri !== "string"){
note("/imageUri", "type", "a string");
}
}
if(data.url !== undefined){
if(typeof data.url !== "string"){
note("/url", "type", "a string");
}
}
if(data.user !== undefined){
if(!(validate61(data.user, instancePath+"/user"))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate79.errors = vErrors;
return errors === 0;
}
const check16 = validate81;
function validate81(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(!(data && typeof data == "object" && !Array.isArray(data))){
note("", "type", "an object");
}
validate81.errors = vErrors;
return errors === 0;
}
const check17 = validate82;
function validate82(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.message === undefined){
note("/message", "required", "required");
}
if(data.message !== undefined){
if(typeof data.message !== "string"){
note("/message", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate82.errors = vErrors;
return errors === 0;
}
const check18 = validate83;
function validate83(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operation === undefined){
note("/operation", "required", "required");
}
if(data.sourceUserId === undefined){
note("/sourceUserId", "required", "required");
}
if(data.targetUserId === undefined){
note("/targetUserId", "required", "required");
}
if(data.message === undefined){
note("/message", "required", "required");
}
if(data.operation !== undefined){
let data0 = data.operation;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/operation", "minLength", "at least 1 character");
}
}
else {
note("/operation", "type", "a string");
}
}
if(data.sourceUserId !== undefined){
let data1 = data.sourceUserId;
if(typeof data1 === "string"){
if(data1.length < 2 && func1(data1) < 1){
note("/sourceUserId", "minLength", "at least 1 character");
}
}
else {
note("/sourceUserId", "type", "a string");
}
}
if(data.targetUserId !== undefined){
let data2 = data.targetUserId;
if(typeof data2 === "string"){
if(data2.length < 2 && func1(data2) < 1){
note("/targetUserId", "minLength", "at least 1 character");
}
}
else {
note("/targetUserId", "type", "a string");
}
}
if(data.message !== undefined){
if(typeof data.message !== "string"){
note("/message", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate83.errors = vErrors;
return errors === 0;
}
const check19 = validate84;
function validate84(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operation !== undefined){
if(typeof data.operation !== "string"){
note("/operation", "type", "a string");
}
}
if(data.data !== undefined){
if(typeof data.data !== "string"){
note("/data", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate84.errors = vErrors;
return errors === 0;
}
const check20 = validate85;
function validate85(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operatorUserId === undefined){
note("/operatorUserId", "required", "required");
}
if(data.operation === undefined){
note("/operation", "required", "required");
}
if(data.data === undefined){
note("/data", "required", "required");
}
if(data.message === undefined){
note("/message", "required", "required");
}
if(data.operatorUserId !== undefined){
let data0 = data.operatorUserId;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/operatorUserId", "minLength", "at least 1 character");
}
}
else {
note("/operatorUserId", "type", "a string");
}
}
if(data.operation !== undefined){
let data1 = data.operation;
if(typeof data1 === "string"){
if(data1.length < 2 && func1(data1) < 1){
note("/operation", "minLength", "at least 1 character");
}
}
else {
note("/operation", "type", "a string");
}
}
if(data.data !== undefined){
if(typeof data.data !== "string"){
note("/data", "type", "a string");
}
}
if(data.message !== undefined){
if(typeof data.message !== "string"){
note("/message", "type", "a string");
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
note("/extra", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate85.errors = vErrors;
return errors === 0;
}
const check21 = validate86;
const pattern6 = new RegExp("^\\d{13}$", "u");
const pattern7 = new RegExp("^[0-9a-f]{40}$", "u");
function validate86(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.appKey !== undefined){
let data0 = data.appKey;
if(typeof data0 === "string"){
if(data0.length < 2 && func1(data0) < 1){
note("/appKey", "minLength", "at least 1 character");
}
}
else {
note("/appKey", "type", "a string");
}
}
if(data.nonce !== undefined){
let data1 = data.nonce;
if(typeof data1 === "string"){
if(data1.length < 2 && func1(data1) < 1){
note("/nonce", "minLength", "at least 1 character");
}
if(data1.length > 18 && func1(data1) > 18){
note("/nonce", "maxLength", "at most 18 characters");
}
}
else {
note("/nonce", "type", "a string");
}
}
if(data.timestamp !== undefined){
let data2 = data.timestamp;
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
note("/timestamp", "pattern", "text like ^\\d{13}$");
}
}
else {
note("/timestamp", "type", "a string");
}
}
if(data.signature !== undefined){
let data3 = data.signature;
if(typeof data3 === "string"){
if(!pattern7.test(data3)){
note("/signature", "pattern", "text like ^[0-9a-f]{40}$");
}
}
else {
note("/signature", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate86.errors = vErrors;
return errors === 0;
}
const check22 = validate87;
const pattern8 = new RegExp("^(\\d{10}|\\d{13})$", "u");
function validate87(data, instancePath = "") {
let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.timestamp !== undefined){
let data0 = data.timestamp;
if(typeof data0 === "string"){
if(!pattern8.test(data0)){
note("/timestamp", "pattern", "text like ^(\\d{10}|\\d{13})$");
}
}
else {
note("/timestamp", "type", "a string");
}
}
}
else {
note("", "type", "an object");
}
validate87.errors = vErrors;
return errors === 0;
}

export const requests = {
  "sendGroupStatusMessage": check0,
}
export const headers = {
  "sendGroupStatusMessage": check1,
}
export const answers = {
  "sendGroupStatusMessage": check2,
}
export const messages = {
  "RC:TypSts": check3,
  "RC:CmdMsg": check4,
  "RC:IWStatusMsg": check5,
  "RC:ReadNtf": check6,
  "RC:IWNormalMsg": check5,
  "RC:IWCmdMsg": check5,
  "RC:IWStorageMsg": check5,
  "RC:TxtMsg": check7,
  "RC:ImgMsg": check8,
  "RC:GIFMsg": check9,
  "RC:HQVCMsg": check10,
  "RC:VcMsg": check11,
  "RC:FileMsg": check12,
  "RC:SightMsg": check13,
  "RC:LBSMsg": check14,
  "RC:ImgTextMsg": check15,
  "RC:ReferenceMsg": check16,
  "RC:CombineMsg": check16,
  "RC:CombineV2Msg": check16,
  "RC:StreamMsg": check16,
  "RC:InfoNtf": check17,
  "RC:CmdNtf": check4,
  "RC:ContactNtf": check18,
  "RC:ProfileNtf": check19,
  "RC:GrpNtf": check20,
  "RC:RRReqMsg": check16,
  "RC:RRRspMsg": check16,
  "RC:SRSMsg": check16,
  "RC:RRMsg": check16,
  "RC:MsgExMsg": check16,
  "RC:InterceptMsg": check16,
  "RC:RL": check16,
}
export const security = check21

export const accepted = check22
