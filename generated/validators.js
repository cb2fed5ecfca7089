/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */


const check0 = validate1;
const func0 = (text) => {
  let pairs = 0
  for (let i = 1; i < text.length; i++) if ((text.charCodeAt(i - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(i) & 0xfc00) === 0xdc00) pairs++
  return text.length - pairs
}
function validate1(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fromUserId === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "fromUserId"}});
}
if(data.toGroupId === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "toGroupId"}});
}
if(data.objectName === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "objectName"}});
}
if(data.content === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "content"}});
}
if(data.fromUserId !== undefined){
let data0 = data.fromUserId;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/fromUserId",keyword:"minLength",params:{limit: 1}});
}
if(data0.length * 3 > 64 && new TextEncoder().encode(data0).length > 64){
errors = (vErrors ??= []).push({instancePath:instancePath+"/fromUserId",keyword:"x-max-bytes",params:{limit: 64}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/fromUserId",keyword:"type",params:{type: "string"}});
}
}
if(data.toGroupId !== undefined){
let data1 = data.toGroupId;
if(Array.isArray(data1)){
if(data1.length > 3){
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId",keyword:"maxItems",params:{limit: 3}});
}
if(data1.length < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId",keyword:"minItems",params:{limit: 1}});
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func0(data2) > 64){
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId/" + i0,keyword:"maxLength",params:{limit: 64}});
}
if(func0(data2) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId/" + i0,keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId/" + i0,keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/toGroupId",keyword:"type",params:{type: "array"}});
}
}
if(data.objectName !== undefined){
let data3 = data.objectName;
if(typeof data3 === "string"){
if(func0(data3) > 32){
errors = (vErrors ??= []).push({instancePath:instancePath+"/objectName",keyword:"maxLength",params:{limit: 32}});
}
if(func0(data3) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/objectName",keyword:"minLength",params:{limit: 1}});
}
if(data3.startsWith("RC:") && !["RC:TypSts","RC:CmdMsg","RC:IWStatusMsg","RC:ReadNtf","RC:IWNormalMsg","RC:IWCmdMsg","RC:IWStorageMsg","RC:TxtMsg","RC:ImgMsg","RC:GIFMsg","RC:HQVCMsg","RC:VcMsg","RC:FileMsg","RC:SightMsg","RC:LBSMsg","RC:ImgTextMsg","RC:ReferenceMsg","RC:CombineMsg","RC:CombineV2Msg","RC:StreamMsg","RC:InfoNtf","RC:CmdNtf","RC:ContactNtf","RC:ProfileNtf","RC:GrpNtf","RC:RRReqMsg","RC:RRRspMsg","RC:SRSMsg","RC:RRMsg","RC:MsgExMsg","RC:InterceptMsg","RC:RL"].includes(data3)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/objectName",keyword:"x-reserved-prefix",params:{prefix: "RC:"}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/objectName",keyword:"type",params:{type: "string"}});
}
}
if(data.content !== undefined){
let data4 = data.content;
if(typeof data4 === "string"){
if(func0(data4) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"minLength",params:{limit: 1}});
}
if(data4.length * 3 > 131072 && new TextEncoder().encode(data4).length > 131072){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"x-max-bytes",params:{limit: 131072}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.isIncludeSender !== undefined){
let data5 = data.isIncludeSender;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/isIncludeSender",keyword:"type",params:{type: "integer"}});
}
if(!((data5 === 0) || (data5 === 1))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/isIncludeSender",keyword:"enum",params:{allowedValues: [0,1]}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate1.errors = vErrors;
return errors === 0;
}
const check1 = validate54;
const pattern3 = new RegExp("^[!-~]*$", "u");
function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data["x-request-id"] !== undefined){
let data0 = data["x-request-id"];
if(typeof data0 === "string"){
if(func0(data0) > 36){
errors = (vErrors ??= []).push({instancePath:instancePath+"/x-request-id",keyword:"maxLength",params:{limit: 36}});
}
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/x-request-id",keyword:"minLength",params:{limit: 1}});
}
if(!pattern3.test(data0)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/x-request-id",keyword:"pattern",params:{pattern: "^[!-~]*$"}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/x-request-id",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate54.errors = vErrors;
return errors === 0;
}
const check2 = validate55;
const pattern4 = new RegExp("^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$", "u");
function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.code === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "code"}});
}
if(data.code !== undefined){
let data0 = data.code;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/code",keyword:"type",params:{type: "integer"}});
}
if(200 !== data0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/code",keyword:"const",params:{allowedValue: 200}});
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
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0,keyword:"required",params:{missingProperty: "groupId"}});
}
if(data2.messageUID === undefined){
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0,keyword:"required",params:{missingProperty: "messageUID"}});
}
if(data2.groupId !== undefined){
let data3 = data2.groupId;
if(typeof data3 === "string"){
if(func0(data3) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0+"/groupId",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0+"/groupId",keyword:"type",params:{type: "string"}});
}
}
if(data2.messageUID !== undefined){
let data4 = data2.messageUID;
if(typeof data4 === "string"){
if(func0(data4) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0+"/messageUID",keyword:"minLength",params:{limit: 1}});
}
if(!pattern4.test(data4)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0+"/messageUID",keyword:"pattern",params:{pattern: "^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$"}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0+"/messageUID",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs/" + i0,keyword:"type",params:{type: "object"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUIDs",keyword:"type",params:{type: "array"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate55.errors = vErrors;
return errors === 0;
}
const check3 = validate56;
function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.typingContentType === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "typingContentType"}});
}
if(data.typingContentType !== undefined){
let data0 = data.typingContentType;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/typingContentType",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/typingContentType",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate56.errors = vErrors;
return errors === 0;
}
const check4 = validate57;
function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "name"}});
}
if(data.data === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "data"}});
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}});
}
}
if(data.data !== undefined){
let data1 = data.data;
if(typeof data1 === "string"){
if(func0(data1) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/data",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/data",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate57.errors = vErrors;
return errors === 0;
}
const check5 = validate58;
function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.msgType === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "msgType"}});
}
if(data.msgType !== undefined){
let data0 = data.msgType;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/msgType",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/msgType",keyword:"type",params:{type: "string"}});
}
}
if(data.msgFields !== undefined){
let data1 = data.msgFields;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key0 in data1){
if(typeof data1[key0] !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/msgFields/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/msgFields",keyword:"type",params:{type: "object"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate58.errors = vErrors;
return errors === 0;
}
const check6 = validate59;
function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.lastMessageSendTime === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "lastMessageSendTime"}});
}
if(data.type === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "type"}});
}
if(data.lastMessageSendTime !== undefined){
let data0 = data.lastMessageSendTime;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/lastMessageSendTime",keyword:"type",params:{type: "integer"}});
}
}
if(data.messageUId !== undefined){
if(typeof data.messageUId !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/messageUId",keyword:"type",params:{type: "string"}});
}
}
if(data.type !== undefined){
let data2 = data.type;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/type",keyword:"type",params:{type: "integer"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate59.errors = vErrors;
return errors === 0;
}
const check7 = validate60;
function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id !== undefined){
if(typeof data.id !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}});
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}});
}
}
if(data.portrait !== undefined){
if(typeof data.portrait !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/portrait",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate61.errors = vErrors;
return errors === 0;
}
function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "type"}});
}
if(data.type !== undefined){
let data0 = data.type;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/type",keyword:"type",params:{type: "integer"}});
}
}
if(data.userIdList !== undefined){
let data1 = data.userIdList;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/userIdList/" + i0,keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/userIdList",keyword:"type",params:{type: "array"}});
}
}
if(data.mentionedContent !== undefined){
if(typeof data.mentionedContent !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/mentionedContent",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate63.errors = vErrors;
return errors === 0;
}
function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "content"}});
}
if(data.content !== undefined){
let data0 = data.content;
if(typeof data0 === "string"){
if(func0(data0) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.mentionedInfo !== undefined){
if(!(validate63(data.mentionedInfo, {instancePath:instancePath+"/mentionedInfo",parentData:data,parentDataProperty:"mentionedInfo",rootData}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate60.errors = vErrors;
return errors === 0;
}
const check8 = validate65;
const pattern5 = new RegExp("^[^\\r\\n]*$", "u");
function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "content"}});
}
if(data.imageUri === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "imageUri"}});
}
if(data.content !== undefined){
let data0 = data.content;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"minLength",params:{limit: 1}});
}
if(!pattern5.test(data0)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"pattern",params:{pattern: "^[^\\r\\n]*$"}});
}
if(data0.length * 3 > 10240 && new TextEncoder().encode(data0).length > 10240){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"x-max-bytes",params:{limit: 10240}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.imageUri !== undefined){
let data1 = data.imageUri;
if(typeof data1 === "string"){
if(func0(data1) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/imageUri",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/imageUri",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate65.errors = vErrors;
return errors === 0;
}
const check9 = validate67;
function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.remoteUrl !== undefined){
if(typeof data.remoteUrl !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/remoteUrl",keyword:"type",params:{type: "string"}});
}
}
if(data.gifDataSize !== undefined){
let data1 = data.gifDataSize;
if(!((typeof data1 == "number") && (isFinite(data1)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/gifDataSize",keyword:"type",params:{type: "number"}});
}
}
if(data.width !== undefined){
let data2 = data.width;
if(!((typeof data2 == "number") && (isFinite(data2)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/width",keyword:"type",params:{type: "number"}});
}
}
if(data.height !== undefined){
let data3 = data.height;
if(!((typeof data3 == "number") && (isFinite(data3)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/height",keyword:"type",params:{type: "number"}});
}
}
if(data.localPath !== undefined){
if(typeof data.localPath !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/localPath",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate67.errors = vErrors;
return errors === 0;
}
const check10 = validate69;
function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.remoteUrl === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "remoteUrl"}});
}
if(data.duration === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "duration"}});
}
if(data.remoteUrl !== undefined){
let data0 = data.remoteUrl;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/remoteUrl",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/remoteUrl",keyword:"type",params:{type: "string"}});
}
}
if(data.duration !== undefined){
let data1 = data.duration;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/duration",keyword:"type",params:{type: "integer"}});
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 60 || isNaN(data1)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/duration",keyword:"maximum",params:{comparison: "<=", limit: 60}});
}
}
}
if(data.localPath !== undefined){
if(typeof data.localPath !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/localPath",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate69.errors = vErrors;
return errors === 0;
}
const check11 = validate71;
function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content !== undefined){
if(typeof data.content !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.duration !== undefined){
let data1 = data.duration;
if(!((typeof data1 == "number") && (isFinite(data1)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/duration",keyword:"type",params:{type: "number"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate71.errors = vErrors;
return errors === 0;
}
const check12 = validate73;
function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.size === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "size"}});
}
if(data.type === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "type"}});
}
if(data.fileUrl === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "fileUrl"}});
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}});
}
}
if(data.size !== undefined){
let data1 = data.size;
if((!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))) && (typeof data1 !== "string")){
errors = (vErrors ??= []).push({instancePath:instancePath+"/size",keyword:"type",params:{type: ["integer","string"]}});
}
}
if(data.type !== undefined){
let data2 = data.type;
if(typeof data2 === "string"){
if(func0(data2) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/type",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}});
}
}
if(data.fileUrl !== undefined){
let data3 = data.fileUrl;
if(typeof data3 === "string"){
if(func0(data3) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/fileUrl",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/fileUrl",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate73.errors = vErrors;
return errors === 0;
}
const check13 = validate75;
function validate75(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sightUrl !== undefined){
if(typeof data.sightUrl !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/sightUrl",keyword:"type",params:{type: "string"}});
}
}
if(data.content !== undefined){
if(typeof data.content !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.duration !== undefined){
let data2 = data.duration;
if(!((typeof data2 == "number") && (isFinite(data2)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/duration",keyword:"type",params:{type: "number"}});
}
}
if(data.size !== undefined){
let data3 = data.size;
if((!((typeof data3 == "number") && (isFinite(data3)))) && (typeof data3 !== "string")){
errors = (vErrors ??= []).push({instancePath:instancePath+"/size",keyword:"type",params:{type: ["number","string"]}});
}
}
if(data.name !== undefined){
if(typeof data.name !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/name",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate75.errors = vErrors;
return errors === 0;
}
const check14 = validate77;
function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.content !== undefined){
if(typeof data.content !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.latitude !== undefined){
let data1 = data.latitude;
if(!((typeof data1 == "number") && (isFinite(data1)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/latitude",keyword:"type",params:{type: "number"}});
}
}
if(data.longitude !== undefined){
let data2 = data.longitude;
if(!((typeof data2 == "number") && (isFinite(data2)))){
errors = (vErrors ??= []).push({instancePath:instancePath+"/longitude",keyword:"type",params:{type: "number"}});
}
}
if(data.poi !== undefined){
if(typeof data.poi !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/poi",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate77.errors = vErrors;
return errors === 0;
}
const check15 = validate79;
function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title !== undefined){
if(typeof data.title !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/title",keyword:"type",params:{type: "string"}});
}
}
if(data.content !== undefined){
if(typeof data.content !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/content",keyword:"type",params:{type: "string"}});
}
}
if(data.imageUri !== undefined){
if(typeof data.imageUri !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/imageUri",keyword:"type",params:{type: "string"}});
}
}
if(data.url !== undefined){
if(typeof data.url !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/url",keyword:"type",params:{type: "string"}});
}
}
if(data.user !== undefined){
if(!(validate61(data.user, {instancePath:instancePath+"/user",parentData:data,parentDataProperty:"user",rootData}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate79.errors = vErrors;
return errors === 0;
}
const check16 = validate81;
function validate81(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(data && typeof data == "object" && !Array.isArray(data))){
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate81.errors = vErrors;
return errors === 0;
}
const check17 = validate82;
function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.message === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "message"}});
}
if(data.message !== undefined){
let data0 = data.message;
if(typeof data0 === "string"){
if(func0(data0) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate82.errors = vErrors;
return errors === 0;
}
const check18 = validate83;
function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operation === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "operation"}});
}
if(data.sourceUserId === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "sourceUserId"}});
}
if(data.targetUserId === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "targetUserId"}});
}
if(data.message === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "message"}});
}
if(data.operation !== undefined){
let data0 = data.operation;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/operation",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/operation",keyword:"type",params:{type: "string"}});
}
}
if(data.sourceUserId !== undefined){
let data1 = data.sourceUserId;
if(typeof data1 === "string"){
if(func0(data1) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/sourceUserId",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/sourceUserId",keyword:"type",params:{type: "string"}});
}
}
if(data.targetUserId !== undefined){
let data2 = data.targetUserId;
if(typeof data2 === "string"){
if(func0(data2) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/targetUserId",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/targetUserId",keyword:"type",params:{type: "string"}});
}
}
if(data.message !== undefined){
let data3 = data.message;
if(typeof data3 === "string"){
if(func0(data3) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate83.errors = vErrors;
return errors === 0;
}
const check19 = validate84;
function validate84(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operation !== undefined){
if(typeof data.operation !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/operation",keyword:"type",params:{type: "string"}});
}
}
if(data.data !== undefined){
if(typeof data.data !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/data",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate84.errors = vErrors;
return errors === 0;
}
const check20 = validate85;
function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.operatorUserId === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "operatorUserId"}});
}
if(data.operation === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "operation"}});
}
if(data.data === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "data"}});
}
if(data.message === undefined){
errors = (vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "message"}});
}
if(data.operatorUserId !== undefined){
let data0 = data.operatorUserId;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/operatorUserId",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/operatorUserId",keyword:"type",params:{type: "string"}});
}
}
if(data.operation !== undefined){
let data1 = data.operation;
if(typeof data1 === "string"){
if(func0(data1) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/operation",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/operation",keyword:"type",params:{type: "string"}});
}
}
if(data.data !== undefined){
let data2 = data.data;
if(typeof data2 === "string"){
if(func0(data2) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/data",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/data",keyword:"type",params:{type: "string"}});
}
}
if(data.message !== undefined){
let data3 = data.message;
if(typeof data3 === "string"){
if(func0(data3) < 0){
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"minLength",params:{limit: 0}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/message",keyword:"type",params:{type: "string"}});
}
}
if(data.extra !== undefined){
if(typeof data.extra !== "string"){
errors = (vErrors ??= []).push({instancePath:instancePath+"/extra",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate85.errors = vErrors;
return errors === 0;
}
const check21 = validate86;
const pattern6 = new RegExp("^\\d{13}$", "u");
const pattern7 = new RegExp("^[0-9a-f]{40}$", "u");
function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.appKey !== undefined){
let data0 = data.appKey;
if(typeof data0 === "string"){
if(func0(data0) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/appKey",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/appKey",keyword:"type",params:{type: "string"}});
}
}
if(data.nonce !== undefined){
let data1 = data.nonce;
if(typeof data1 === "string"){
if(func0(data1) > 18){
errors = (vErrors ??= []).push({instancePath:instancePath+"/nonce",keyword:"maxLength",params:{limit: 18}});
}
if(func0(data1) < 1){
errors = (vErrors ??= []).push({instancePath:instancePath+"/nonce",keyword:"minLength",params:{limit: 1}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/nonce",keyword:"type",params:{type: "string"}});
}
}
if(data.timestamp !== undefined){
let data2 = data.timestamp;
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/timestamp",keyword:"pattern",params:{pattern: "^\\d{13}$"}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/timestamp",keyword:"type",params:{type: "string"}});
}
}
if(data.signature !== undefined){
let data3 = data.signature;
if(typeof data3 === "string"){
if(!pattern7.test(data3)){
errors = (vErrors ??= []).push({instancePath:instancePath+"/signature",keyword:"pattern",params:{pattern: "^[0-9a-f]{40}$"}});
}
}
else {
errors = (vErrors ??= []).push({instancePath:instancePath+"/signature",keyword:"type",params:{type: "string"}});
}
}
}
else {
errors = (vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});
}
validate86.errors = vErrors;
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
