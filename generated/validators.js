/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */
var check0 = validate1;
var func0 = (text) => {
let count = 0;
for (let _ of text) count++;
return count;
};
function validate1(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.typingContentType === void 0 && note("/typingContentType", "required", "required"), data.typingContentType !== void 0)) {
let data0 = data.typingContentType;
typeof data0 != "string" && note("/typingContentType", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/typingContentType", "minLength", "at least 1 character");
}
return validate1.errors = vErrors, errors === 0;
}
var check1 = validate2;
function validate2(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.name === void 0 && note("/name", "required", "required"), data.data === void 0 && note("/data", "required", "required"), data.name !== void 0) {
let data0 = data.name;
typeof data0 != "string" && note("/name", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/name", "minLength", "at least 1 character");
}
data.data !== void 0 && typeof data.data != "string" && note("/data", "type", "a string");
}
return validate2.errors = vErrors, errors === 0;
}
var check2 = validate3;
function validate3(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.msgType === void 0 && note("/msgType", "required", "required"), data.msgType !== void 0) {
let data0 = data.msgType;
typeof data0 != "string" && note("/msgType", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/msgType", "minLength", "at least 1 character");
}
if (data.msgFields !== void 0) {
let data1 = data.msgFields;
if (data1 && typeof data1 == "object" && !Array.isArray(data1) || note("/msgFields", "type", "an object"), data1 && typeof data1 == "object" && !Array.isArray(data1))
for (let key0 in data1)
typeof data1[key0] != "string" && note("/msgFields/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", "a string");
}
}
return validate3.errors = vErrors, errors === 0;
}
var check3 = validate4;
function validate4(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.lastMessageSendTime === void 0 && note("/lastMessageSendTime", "required", "required"), data.type === void 0 && note("/type", "required", "required"), data.lastMessageSendTime !== void 0) {
let data0 = data.lastMessageSendTime;
typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0) || note("/lastMessageSendTime", "type", "an integer");
}
if (data.messageUId !== void 0 && typeof data.messageUId != "string" && note("/messageUId", "type", "a string"), data.type !== void 0) {
let data2 = data.type;
typeof data2 == "number" && !(data2 % 1) && !isNaN(data2) && isFinite(data2) || note("/type", "type", "an integer");
}
}
return validate4.errors = vErrors, errors === 0;
}
var check4 = validate5;
function validate6(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.id !== void 0 && typeof data.id != "string" && note("/id", "type", "a string"), data.name !== void 0 && typeof data.name != "string" && note("/name", "type", "a string"), data.portrait !== void 0 && typeof data.portrait != "string" && note("/portrait", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string")), validate6.errors = vErrors, errors === 0;
}
function validate8(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.type === void 0 && note("/type", "required", "required"), data.type !== void 0) {
let data0 = data.type;
typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0) || note("/type", "type", "an integer");
}
if (data.userIdList !== void 0) {
let data1 = data.userIdList;
if (Array.isArray(data1) || note("/userIdList", "type", "a list"), Array.isArray(data1)) {
let len0 = data1.length;
for (let i0 = 0; i0 < len0; i0++)
typeof data1[i0] != "string" && note("/userIdList/" + i0, "type", "a string");
}
}
data.mentionedContent !== void 0 && typeof data.mentionedContent != "string" && note("/mentionedContent", "type", "a string");
}
return validate8.errors = vErrors, errors === 0;
}
function validate5(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.content === void 0 && note("/content", "required", "required"), data.content !== void 0 && typeof data.content != "string" && note("/content", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.mentionedInfo !== void 0 && (validate8(data.mentionedInfo, { instancePath: instancePath + "/mentionedInfo", parentData: data, parentDataProperty: "mentionedInfo", rootData }) || (vErrors = vErrors === null ? validate8.errors : vErrors.concat(validate8.errors), errors = vErrors.length))), validate5.errors = vErrors, errors === 0;
}
var check5 = validate10;
var pattern0 = new RegExp("^[^\\r\\n]*$", "u");
function validate10(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.content === void 0 && note("/content", "required", "required"), data.imageUri === void 0 && note("/imageUri", "required", "required"), data.content !== void 0) {
let data0 = data.content;
typeof data0 != "string" && note("/content", "type", "a string"), typeof data0 == "string" && (pattern0.test(data0) || note("/content", "pattern", "text like ^[^\\r\\n]*$"), data0.length < 2 && func0(data0) < 1 && note("/content", "minLength", "at least 1 character"), data0.length * 3 > 10240 && new TextEncoder().encode(data0).length > 10240 && note("/content", "x-max-bytes", "at most 10240 bytes of UTF-8"));
}
if (data.imageUri !== void 0) {
let data1 = data.imageUri;
typeof data1 != "string" && note("/imageUri", "type", "a string"), typeof data1 == "string" && data1.length < 2 && func0(data1) < 1 && note("/imageUri", "minLength", "at least 1 character");
}
data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate10.errors = vErrors, errors === 0;
}
var check6 = validate12;
function validate12(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.remoteUrl !== void 0 && typeof data.remoteUrl != "string" && note("/remoteUrl", "type", "a string"), data.gifDataSize !== void 0) {
let data1 = data.gifDataSize;
typeof data1 == "number" && isFinite(data1) || note("/gifDataSize", "type", "a number");
}
if (data.width !== void 0) {
let data2 = data.width;
typeof data2 == "number" && isFinite(data2) || note("/width", "type", "a number");
}
if (data.height !== void 0) {
let data3 = data.height;
typeof data3 == "number" && isFinite(data3) || note("/height", "type", "a number");
}
data.localPath !== void 0 && typeof data.localPath != "string" && note("/localPath", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate12.errors = vErrors, errors === 0;
}
var check7 = validate14;
function validate14(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.remoteUrl === void 0 && note("/remoteUrl", "required", "required"), data.duration === void 0 && note("/duration", "required", "required"), data.remoteUrl !== void 0) {
let data0 = data.remoteUrl;
typeof data0 != "string" && note("/remoteUrl", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/remoteUrl", "minLength", "at least 1 character");
}
if (data.duration !== void 0) {
let data1 = data.duration;
typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1) || note("/duration", "type", "an integer"), typeof data1 == "number" && isFinite(data1) && (data1 > 60 || isNaN(data1)) && note("/duration", "maximum", "at most 60");
}
data.localPath !== void 0 && typeof data.localPath != "string" && note("/localPath", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate14.errors = vErrors, errors === 0;
}
var check8 = validate16;
function validate16(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.content !== void 0 && typeof data.content != "string" && note("/content", "type", "a string"), data.duration !== void 0) {
let data1 = data.duration;
typeof data1 == "number" && isFinite(data1) || note("/duration", "type", "a number");
}
data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate16.errors = vErrors, errors === 0;
}
var check9 = validate18;
function validate18(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.size === void 0 && note("/size", "required", "required"), data.type === void 0 && note("/type", "required", "required"), data.fileUrl === void 0 && note("/fileUrl", "required", "required"), data.name !== void 0 && typeof data.name != "string" && note("/name", "type", "a string"), data.size !== void 0) {
let data1 = data.size;
!(typeof data1 == "number" && !(data1 % 1) && !isNaN(data1) && isFinite(data1)) && typeof data1 != "string" && note("/size", "type", "an integer or a string");
}
if (data.type !== void 0) {
let data2 = data.type;
typeof data2 != "string" && note("/type", "type", "a string"), typeof data2 == "string" && data2.length < 2 && func0(data2) < 1 && note("/type", "minLength", "at least 1 character");
}
if (data.fileUrl !== void 0) {
let data3 = data.fileUrl;
typeof data3 != "string" && note("/fileUrl", "type", "a string"), typeof data3 == "string" && data3.length < 2 && func0(data3) < 1 && note("/fileUrl", "minLength", "at least 1 character");
}
data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate18.errors = vErrors, errors === 0;
}
var check10 = validate20;
function validate20(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.sightUrl !== void 0 && typeof data.sightUrl != "string" && note("/sightUrl", "type", "a string"), data.content !== void 0 && typeof data.content != "string" && note("/content", "type", "a string"), data.duration !== void 0) {
let data2 = data.duration;
typeof data2 == "number" && isFinite(data2) || note("/duration", "type", "a number");
}
if (data.size !== void 0) {
let data3 = data.size;
!(typeof data3 == "number" && isFinite(data3)) && typeof data3 != "string" && note("/size", "type", "a number or a string");
}
data.name !== void 0 && typeof data.name != "string" && note("/name", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate20.errors = vErrors, errors === 0;
}
var check11 = validate22;
function validate22(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.content !== void 0 && typeof data.content != "string" && note("/content", "type", "a string"), data.latitude !== void 0) {
let data1 = data.latitude;
typeof data1 == "number" && isFinite(data1) || note("/latitude", "type", "a number");
}
if (data.longitude !== void 0) {
let data2 = data.longitude;
typeof data2 == "number" && isFinite(data2) || note("/longitude", "type", "a number");
}
data.poi !== void 0 && typeof data.poi != "string" && note("/poi", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate22.errors = vErrors, errors === 0;
}
var check12 = validate24;
function validate24(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.title !== void 0 && typeof data.title != "string" && note("/title", "type", "a string"), data.content !== void 0 && typeof data.content != "string" && note("/content", "type", "a string"), data.imageUri !== void 0 && typeof data.imageUri != "string" && note("/imageUri", "type", "a string"), data.url !== void 0 && typeof data.url != "string" && note("/url", "type", "a string"), data.user !== void 0 && (validate6(data.user, { instancePath: instancePath + "/user", parentData: data, parentDataProperty: "user", rootData }) || (vErrors = vErrors === null ? validate6.errors : vErrors.concat(validate6.errors), errors = vErrors.length)), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string")), validate24.errors = vErrors, errors === 0;
}
var check13 = validate26;
function validate26(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), validate26.errors = vErrors, errors === 0;
}
var check14 = validate27;
function validate27(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.message === void 0 && note("/message", "required", "required"), data.message !== void 0 && typeof data.message != "string" && note("/message", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string")), validate27.errors = vErrors, errors === 0;
}
var check15 = validate28;
function validate28(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.operation === void 0 && note("/operation", "required", "required"), data.sourceUserId === void 0 && note("/sourceUserId", "required", "required"), data.targetUserId === void 0 && note("/targetUserId", "required", "required"), data.message === void 0 && note("/message", "required", "required"), data.operation !== void 0) {
let data0 = data.operation;
typeof data0 != "string" && note("/operation", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/operation", "minLength", "at least 1 character");
}
if (data.sourceUserId !== void 0) {
let data1 = data.sourceUserId;
typeof data1 != "string" && note("/sourceUserId", "type", "a string"), typeof data1 == "string" && data1.length < 2 && func0(data1) < 1 && note("/sourceUserId", "minLength", "at least 1 character");
}
if (data.targetUserId !== void 0) {
let data2 = data.targetUserId;
typeof data2 != "string" && note("/targetUserId", "type", "a string"), typeof data2 == "string" && data2.length < 2 && func0(data2) < 1 && note("/targetUserId", "minLength", "at least 1 character");
}
data.message !== void 0 && typeof data.message != "string" && note("/message", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate28.errors = vErrors, errors === 0;
}
var check16 = validate29;
function validate29(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
return data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && (data.operation !== void 0 && typeof data.operation != "string" && note("/operation", "type", "a string"), data.data !== void 0 && typeof data.data != "string" && note("/data", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string")), validate29.errors = vErrors, errors === 0;
}
var check17 = validate30;
function validate30(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.operatorUserId === void 0 && note("/operatorUserId", "required", "required"), data.operation === void 0 && note("/operation", "required", "required"), data.data === void 0 && note("/data", "required", "required"), data.message === void 0 && note("/message", "required", "required"), data.operatorUserId !== void 0) {
let data0 = data.operatorUserId;
typeof data0 != "string" && note("/operatorUserId", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/operatorUserId", "minLength", "at least 1 character");
}
if (data.operation !== void 0) {
let data1 = data.operation;
typeof data1 != "string" && note("/operation", "type", "a string"), typeof data1 == "string" && data1.length < 2 && func0(data1) < 1 && note("/operation", "minLength", "at least 1 character");
}
data.data !== void 0 && typeof data.data != "string" && note("/data", "type", "a string"), data.message !== void 0 && typeof data.message != "string" && note("/message", "type", "a string"), data.extra !== void 0 && typeof data.extra != "string" && note("/extra", "type", "a string");
}
return validate30.errors = vErrors, errors === 0;
}
var check18 = validate31;
function validate31(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.fromUserId === void 0 && note("/fromUserId", "required", "required"), data.toGroupId === void 0 && note("/toGroupId", "required", "required"), data.objectName === void 0 && note("/objectName", "required", "required"), data.content === void 0 && note("/content", "required", "required"), data.fromUserId !== void 0) {
let data0 = data.fromUserId;
typeof data0 != "string" && note("/fromUserId", "type", "a string"), typeof data0 == "string" && (data0.length < 2 && func0(data0) < 1 && note("/fromUserId", "minLength", "at least 1 character"), data0.length * 3 > 64 && new TextEncoder().encode(data0).length > 64 && note("/fromUserId", "x-max-bytes", "at most 64 bytes of UTF-8"));
}
if (data.toGroupId !== void 0) {
let data1 = data.toGroupId;
if (Array.isArray(data1) || note("/toGroupId", "type", "a list"), Array.isArray(data1)) {
let len0 = data1.length;
for (let i0 = 0; i0 < len0; i0++) {
let data2 = data1[i0];
typeof data2 != "string" && note("/toGroupId/" + i0, "type", "a string"), typeof data2 == "string" && (data2.length < 2 && func0(data2) < 1 && note("/toGroupId/" + i0, "minLength", "at least 1 character"), data2.length > 64 && func0(data2) > 64 && note("/toGroupId/" + i0, "maxLength", "at most 64 characters"));
}
data1.length < 1 && note("/toGroupId", "minItems", "at least 1 group in one call"), data1.length > 3 && note("/toGroupId", "maxItems", "at most 3 groups in one call");
}
}
if (data.objectName !== void 0) {
let data3 = data.objectName;
typeof data3 != "string" && note("/objectName", "type", "a string"), typeof data3 == "string" && (data3.length < 2 && func0(data3) < 1 && note("/objectName", "minLength", "at least 1 character"), data3.length > 32 && func0(data3) > 32 && note("/objectName", "maxLength", "at most 32 characters"), data3.startsWith("RC:") && !["RC:TypSts", "RC:CmdMsg", "RC:IWStatusMsg", "RC:ReadNtf", "RC:IWNormalMsg", "RC:IWCmdMsg", "RC:IWStorageMsg", "RC:TxtMsg", "RC:ImgMsg", "RC:GIFMsg", "RC:HQVCMsg", "RC:VcMsg", "RC:FileMsg", "RC:SightMsg", "RC:LBSMsg", "RC:ImgTextMsg", "RC:ReferenceMsg", "RC:CombineMsg", "RC:CombineV2Msg", "RC:StreamMsg", "RC:InfoNtf", "RC:CmdNtf", "RC:ContactNtf", "RC:ProfileNtf", "RC:GrpNtf", "RC:RRReqMsg", "RC:RRRspMsg", "RC:SRSMsg", "RC:RRMsg", "RC:MsgExMsg", "RC:InterceptMsg", "RC:RL"].includes(data3) && note("/objectName", "x-reserved-prefix", 'a known message type, for "RC:" is reserved (allowUnknownTypes lets newer ones through)'));
}
if (data.content !== void 0) {
let data4 = data.content;
typeof data4 != "string" && note("/content", "type", "a string"), typeof data4 == "string" && (data4.length < 2 && func0(data4) < 1 && note("/content", "minLength", "at least 1 character"), data4.length * 3 > 131072 && new TextEncoder().encode(data4).length > 131072 && note("/content", "x-max-bytes", "at most 131072 bytes of UTF-8"));
}
if (data.isIncludeSender !== void 0) {
let data5 = data.isIncludeSender;
data5 === 0 || data5 === 1 || note("/isIncludeSender", "enum", "one of 0, 1"), typeof data5 == "number" && !(data5 % 1) && !isNaN(data5) && isFinite(data5) || note("/isIncludeSender", "type", "an integer");
}
}
return validate31.errors = vErrors, errors === 0;
}
var check19 = validate32;
var pattern1 = new RegExp("^[!-~]*$", "u");
function validate32(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && data["x-request-id"] !== void 0) {
let data0 = data["x-request-id"];
typeof data0 != "string" && note("/x-request-id", "type", "a string"), typeof data0 == "string" && (pattern1.test(data0) || note("/x-request-id", "pattern", "text like ^[!-~]*$"), data0.length < 2 && func0(data0) < 1 && note("/x-request-id", "minLength", "at least 1 character"), data0.length > 36 && func0(data0) > 36 && note("/x-request-id", "maxLength", "at most 36 characters"));
}
return validate32.errors = vErrors, errors === 0;
}
var check20 = validate33;
var pattern2 = new RegExp("^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$", "u");
function validate33(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.code === void 0 && note("/code", "required", "required"), data.code !== void 0) {
let data0 = data.code;
data0 !== 200 && note("/code", "const", "200"), typeof data0 == "number" && !(data0 % 1) && !isNaN(data0) && isFinite(data0) || note("/code", "type", "an integer");
}
if (data.messageUIDs !== void 0) {
let data1 = data.messageUIDs;
if (Array.isArray(data1) || note("/messageUIDs", "type", "a list"), Array.isArray(data1)) {
let len0 = data1.length;
for (let i0 = 0; i0 < len0; i0++) {
let data2 = data1[i0];
if (data2 && typeof data2 == "object" && !Array.isArray(data2) || note("/messageUIDs/" + i0, "type", "an object"), data2 && typeof data2 == "object" && !Array.isArray(data2)) {
if (data2.groupId === void 0 && note("/messageUIDs/" + i0 + "/groupId", "required", "required"), data2.messageUID === void 0 && note("/messageUIDs/" + i0 + "/messageUID", "required", "required"), data2.groupId !== void 0) {
let data3 = data2.groupId;
typeof data3 != "string" && note("/messageUIDs/" + i0 + "/groupId", "type", "a string"), typeof data3 == "string" && data3.length < 2 && func0(data3) < 1 && note("/messageUIDs/" + i0 + "/groupId", "minLength", "at least 1 character");
}
if (data2.messageUID !== void 0) {
let data4 = data2.messageUID;
typeof data4 != "string" && note("/messageUIDs/" + i0 + "/messageUID", "type", "a string"), typeof data4 == "string" && (pattern2.test(data4) || note("/messageUIDs/" + i0 + "/messageUID", "pattern", "text like ^[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}-[0-9A-V]{4}$"), data4.length < 2 && func0(data4) < 1 && note("/messageUIDs/" + i0 + "/messageUID", "minLength", "at least 1 character"));
}
}
}
}
}
}
return validate33.errors = vErrors, errors === 0;
}
var check21 = validate34;
var pattern3 = new RegExp("^\\d{13}$", "u"), pattern4 = new RegExp("^[0-9a-f]{40}$", "u");
function validate34(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data)) {
if (data.appKey !== void 0) {
let data0 = data.appKey;
typeof data0 != "string" && note("/appKey", "type", "a string"), typeof data0 == "string" && data0.length < 2 && func0(data0) < 1 && note("/appKey", "minLength", "at least 1 character");
}
if (data.nonce !== void 0) {
let data1 = data.nonce;
typeof data1 != "string" && note("/nonce", "type", "a string"), typeof data1 == "string" && (data1.length < 2 && func0(data1) < 1 && note("/nonce", "minLength", "at least 1 character"), data1.length > 18 && func0(data1) > 18 && note("/nonce", "maxLength", "at most 18 characters"));
}
if (data.timestamp !== void 0) {
let data2 = data.timestamp;
typeof data2 != "string" && note("/timestamp", "type", "a string"), typeof data2 == "string" && (pattern3.test(data2) || note("/timestamp", "pattern", "text like ^\\d{13}$"));
}
if (data.signature !== void 0) {
let data3 = data.signature;
typeof data3 != "string" && note("/signature", "type", "a string"), typeof data3 == "string" && (pattern4.test(data3) || note("/signature", "pattern", "text like ^[0-9a-f]{40}$"));
}
}
return validate34.errors = vErrors, errors === 0;
}
var check22 = validate35;
var pattern5 = new RegExp("^(\\d{10}|\\d{13})$", "u");
function validate35(data, { instancePath = "", rootData } = {}) {
let vErrors = null, errors = 0, note = (at, keyword, expected) => {
errors = (vErrors ??= []).push({ instancePath: instancePath + at, keyword, expected });
};
if (data && typeof data == "object" && !Array.isArray(data) || note("", "type", "an object"), data && typeof data == "object" && !Array.isArray(data) && data.timestamp !== void 0) {
let data0 = data.timestamp;
typeof data0 != "string" && note("/timestamp", "type", "a string"), typeof data0 == "string" && (pattern5.test(data0) || note("/timestamp", "pattern", "text like ^(\\d{10}|\\d{13})$"));
}
return validate35.errors = vErrors, errors === 0;
}
var requests = { sendGroupStatusMessage: check18 }, headers = { sendGroupStatusMessage: check19 }, answers = { sendGroupStatusMessage: check20 }, messages = { "RC:TypSts": check0, "RC:CmdMsg": check1, "RC:IWStatusMsg": check2, "RC:ReadNtf": check3, "RC:IWNormalMsg": check2, "RC:IWCmdMsg": check2, "RC:IWStorageMsg": check2, "RC:TxtMsg": check4, "RC:ImgMsg": check5, "RC:GIFMsg": check6, "RC:HQVCMsg": check7, "RC:VcMsg": check8, "RC:FileMsg": check9, "RC:SightMsg": check10, "RC:LBSMsg": check11, "RC:ImgTextMsg": check12, "RC:ReferenceMsg": check13, "RC:CombineMsg": check13, "RC:CombineV2Msg": check13, "RC:StreamMsg": check13, "RC:InfoNtf": check14, "RC:CmdNtf": check1, "RC:ContactNtf": check15, "RC:ProfileNtf": check16, "RC:GrpNtf": check17, "RC:RRReqMsg": check13, "RC:RRRspMsg": check13, "RC:SRSMsg": check13, "RC:RRMsg": check13, "RC:MsgExMsg": check13, "RC:InterceptMsg": check13, "RC:RL": check13 }, security = check21, accepted = check22;
export {
accepted,
answers,
check0,
check1,
check10,
check11,
check12,
check13,
check14,
check15,
check16,
check17,
check18,
check19,
check2,
check20,
check21,
check22,
check3,
check4,
check5,
check6,
check7,
check8,
check9,
headers,
messages,
requests,
security
};
