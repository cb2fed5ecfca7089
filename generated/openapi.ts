/** Types of the spec. Made by `npm run generate`; edit spec/ instead. */
export interface paths {
    "/statusmessage/group/publish.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a status message to up to three groups
         *
         * Sends one status message to the online members of one, two or three groups.
         *
         * - Offline members never get it; the server neither stores nor counts it.
         * - The sender's own clients get no copy unless `isIncludeSender` is `1`.
         * - The sender need not be a member of the group: a call of the server API may name any user.
         * - The vendor's post-messaging callbacks do not fire for it by default.
         * - The receiving client treats it like any other message: whether it counts as unread or is stored on the
         *   device depends on the message type, see `objectName`.
         * - Give `toGroupId` once for each group. A comma is part of an id, never a separator.
         * - Fields that are not listed here are ignored, not refused.
         *
         * The limit is 20 messages a second for an App Key, and each target group counts as one message: a call to three
         * groups costs three. The vendor can raise it by contract.
         */
        post: operations["sendGroupStatusMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * A group id, at most 64 characters.
         * @example 2193
         */
        GroupId: string;
        /** Someone is typing. Not counted, not stored. */
        TypSts: {
            /**
             * The message type that is being typed or recorded.
             * @example RC:TxtMsg
             */
            typingContentType: string;
        };
        /** A command to the receiving client; nothing is shown unless your app shows it. */
        CmdMsg: {
            /**
             * Name of the command, yours to choose.
             * @example mute
             */
            name: string;
            /**
             * What the command needs; a string, JSON is usual.
             * @example {"userId":"2199"}
             */
            data: string;
        };
        /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, for a passing state: not counted, not stored. Fit for status messages. */
        IWStatusMsg: {
            /**
             * Your own name for this kind of message.
             * @example cursor
             */
            msgType: string;
            /**
             * Your fields. Names and values are strings.
             * @example {
             *       "x": "120",
             *       "y": "48"
             *     }
             */
            msgFields?: {
                [key: string]: string;
            };
        };
        /** Read receipt. Says up to which moment messages were read. */
        ReadNtf: {
            /**
             * Sending time of the last message that was read, in milliseconds since 1970.
             * @example 1585127132438
             */
            lastMessageSendTime: number;
            /**
             * Unique id of the last message that was read.
             * @example 5FGT-7VA9-G4DD-4V5P
             */
            messageUId?: string;
            /**
             * Type of the conversation; 1 is one-to-one.
             * @example 1
             */
            type: number;
        };
        /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that counts as unread and is stored. */
        IWNormalMsg: {
            /**
             * Your own name for this kind of message.
             * @example cursor
             */
            msgType: string;
            /**
             * Your fields. Names and values are strings.
             * @example {
             *       "x": "120",
             *       "y": "48"
             *     }
             */
            msgFields?: {
                [key: string]: string;
            };
        };
        /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that acts as a command: not counted, not stored. */
        IWCmdMsg: {
            /**
             * Your own name for this kind of message.
             * @example cursor
             */
            msgType: string;
            /**
             * Your fields. Names and values are strings.
             * @example {
             *       "x": "120",
             *       "y": "48"
             *     }
             */
            msgFields?: {
                [key: string]: string;
            };
        };
        /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that is stored but does not count as unread. */
        IWStorageMsg: {
            /**
             * Your own name for this kind of message.
             * @example cursor
             */
            msgType: string;
            /**
             * Your fields. Names and values are strings.
             * @example {
             *       "x": "120",
             *       "y": "48"
             *     }
             */
            msgFields?: {
                [key: string]: string;
            };
        };
        /** The sender, as the receiving client shows them. No field is required. */
        UserInfo: {
            /**
             * User id.
             * @example 2191
             */
            id?: string;
            /**
             * Name to show.
             * @example Ann
             */
            name?: string;
            /**
             * Where the picture is.
             * @example https://cdn.example.com/ann.png
             */
            portrait?: string;
            /**
             * Anything else about the user.
             * @example vip
             */
            extra?: string;
        };
        /** Who is mentioned in the text. */
        MentionedInfo: {
            /**
             * 1 mentions everybody, 2 mentions the users of `userIdList`.
             * @example 2
             */
            type: number;
            /** The mentioned users. */
            userIdList?: readonly string[];
            /**
             * Text of the notification that the mentioned users get.
             * @example Ann mentioned you
             */
            mentionedContent?: string;
        };
        /** Text. */
        TxtMsg: {
            /**
             * The text.
             * @example hello
             */
            content: string;
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /** Who is mentioned in the text. */
            mentionedInfo?: components["schemas"]["MentionedInfo"];
        };
        /** Picture, with a thumbnail inside the message. */
        ImgMsg: {
            /**
             * JPEG thumbnail in Base64, at most 10 kB, without line breaks.
             * @example /9j/4AAQSkZJRg==
             */
            content: string;
            /**
             * Where the full picture is.
             * @example https://cdn.example.com/a.jpg
             */
            imageUri: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Animated picture. */
        GIFMsg: {
            /**
             * Where the file is.
             * @example https://cdn.example.com/a.gif
             */
            remoteUrl?: string;
            /**
             * Size of the file in bytes.
             * @example 34563
             */
            gifDataSize?: number;
            /**
             * Width in pixels.
             * @example 263
             */
            width?: number;
            /**
             * Height in pixels.
             * @example 263
             */
            height?: number;
            /**
             * Path on the sending device; meaningless elsewhere.
             * @example /tmp/a.gif
             */
            localPath?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Voice in high quality, kept outside the message. */
        HQVCMsg: {
            /**
             * Where the recording is.
             * @example https://cdn.example.com/a.aac
             */
            remoteUrl: string;
            /**
             * Length in seconds, at most 60.
             * @example 7
             */
            duration: number;
            /**
             * Path on the sending device; meaningless elsewhere.
             * @example /tmp/a.aac
             */
            localPath?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Voice inside the message. Old; use `RC:HQVCMsg`. */
        VcMsg: {
            /**
             * The recording in Base64.
             * @example IyFBTVIK
             */
            content?: string;
            /**
             * Length in seconds.
             * @example 7
             */
            duration?: number;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** File. */
        FileMsg: {
            /**
             * File name as shown to people.
             * @example report.pdf
             */
            name?: string;
            /**
             * Size of the file in bytes.
             * @example 190756
             */
            size: number | string;
            /**
             * Kind of file, usually the ending of its name.
             * @example pdf
             */
            type: string;
            /**
             * Where the file is.
             * @example https://cdn.example.com/report.pdf
             */
            fileUrl: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Short video. */
        SightMsg: {
            /**
             * Where the video is.
             * @example https://cdn.example.com/a.mp4
             */
            sightUrl?: string;
            /**
             * Thumbnail of the first frame in Base64.
             * @example /9j/4AAQSkZJRg==
             */
            content?: string;
            /**
             * Length in seconds.
             * @example 10
             */
            duration?: number;
            /**
             * Size of the file in bytes.
             * @example 734320
             */
            size?: number | string;
            /**
             * File name as shown to people.
             * @example a.mp4
             */
            name?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Place on a map. */
        LBSMsg: {
            /**
             * Thumbnail of the map in Base64.
             * @example /9j/4AAQSkZJRg==
             */
            content?: string;
            /**
             * Latitude in degrees.
             * @example 39.9
             */
            latitude?: number;
            /**
             * Longitude in degrees.
             * @example 116.4
             */
            longitude?: number;
            /**
             * Name of the place.
             * @example Beijing
             */
            poi?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Card with a title, a text, a picture and a link. */
        ImgTextMsg: {
            /**
             * Title of the card.
             * @example News
             */
            title?: string;
            /**
             * Text of the card.
             * @example Something happened.
             */
            content?: string;
            /**
             * Where the picture is.
             * @example https://cdn.example.com/a.jpg
             */
            imageUri?: string;
            /**
             * Where a tap on the card leads.
             * @example https://example.com/news
             */
            url?: string;
            /** The sender, as the receiving client shows them. No field is required. */
            user?: components["schemas"]["UserInfo"];
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** The content of a message type whose fields are not documented. */
        UndocumentedContent: {
            [key: string]: unknown;
        };
        /** Notice in the conversation. */
        InfoNtf: {
            /**
             * The notice.
             * @example The host muted you.
             */
            message: string;
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Notice that acts as a command; stored, not counted. */
        CmdNtf: {
            /**
             * Name of the command, yours to choose.
             * @example AtPerson
             */
            name: string;
            /**
             * What the command needs; a string, JSON is usual.
             * @example {"sourceId":"2191"}
             */
            data: string;
        };
        /** Notice about a contact, such as a request. */
        ContactNtf: {
            /**
             * What happened, yours to name.
             * @example Request
             */
            operation: string;
            /**
             * User who did it.
             * @example 2191
             */
            sourceUserId: string;
            /**
             * User to whom it was done.
             * @example 2192
             */
            targetUserId: string;
            /**
             * A word from one to the other.
             * @example Shall we be friends?
             */
            message: string;
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Notice that a profile changed. */
        ProfileNtf: {
            /**
             * What changed, yours to name.
             * @example update
             */
            operation?: string;
            /**
             * The change; a string, JSON is usual.
             * @example {"name":"Ann"}
             */
            data?: string;
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** Notice about a group, such as a new member. */
        GrpNtf: {
            /**
             * User who did it.
             * @example 2191
             */
            operatorUserId: string;
            /**
             * What happened, for example `Create`, `Add`, `Quit`, `Rename`.
             * @example Add
             */
            operation: string;
            /**
             * Details of the operation; a string, JSON is usual.
             * @example {"targetUserIds":["2199"]}
             */
            data: string;
            /**
             * The sentence to show.
             * @example Ann joined.
             */
            message: string;
            /**
             * Anything else you want the receiver to have; JSON is usual.
             * @example helloExtra
             */
            extra?: string;
        };
        /** The fields of one call. Any other field is ignored by the server. */
        GroupStatusMessage: {
            /**
             * User id of the sender, at most 64 bytes of UTF-8. Any user of the app, member of the group or not. Official examples use spaces and underscores in ids, so no character is forbidden here.
             * @example 2191
             */
            fromUserId: string;
            /**
             * The receiving groups, one to three of them. On the wire the name is repeated, once for each group. The answer has one entry for each.
             * @example [
             *       "2193",
             *       "2192"
             *     ]
             */
            toGroupId: readonly components["schemas"]["GroupId"][];
            /**
             * The message type. Either a predefined one, whose name starts with `RC:`, or a custom one of at most 32 characters,
             * which must not start with `RC:` and must be registered in the client SDK, else the client cannot parse the
             * message. Names are case-sensitive.
             *
             * Fit for status messages: `RC:TypSts`, `RC:CmdMsg`, `RC:IWStatusMsg`, and custom types.
             * @example RC:TypSts
             */
            objectName: "RC:TypSts" | "RC:CmdMsg" | "RC:IWStatusMsg" | "RC:ReadNtf" | "RC:IWNormalMsg" | "RC:IWCmdMsg" | "RC:IWStorageMsg" | "RC:TxtMsg" | "RC:ImgMsg" | "RC:GIFMsg" | "RC:HQVCMsg" | "RC:VcMsg" | "RC:FileMsg" | "RC:SightMsg" | "RC:LBSMsg" | "RC:ImgTextMsg" | "RC:ReferenceMsg" | "RC:CombineMsg" | "RC:CombineV2Msg" | "RC:StreamMsg" | "RC:InfoNtf" | "RC:CmdNtf" | "RC:ContactNtf" | "RC:ProfileNtf" | "RC:GrpNtf" | "RC:RRReqMsg" | "RC:RRRspMsg" | "RC:SRSMsg" | "RC:RRMsg" | "RC:MsgExMsg" | "RC:InterceptMsg" | "RC:RL" | (string & {});
            /**
             * The message itself, at most 128 KiB of UTF-8. For a predefined type it is the type's JSON object written as a string; for a custom type any string, JSON or not.
             * @example {"typingContentType":"RC:TxtMsg"}
             */
            content: string;
            /**
             * `1` sends a copy to those of the sender's own clients that are online, `0` does not.
             * @default 0
             * @example 0
             * @enum {integer}
             */
            isIncludeSender?: 0 | 1;
        };
        /** The answer to a call that was accepted. It does not say that a member has received or read the message. */
        GroupStatusMessageResult: {
            /**
             * 200, and only 200, means success.
             * @example 200
             * @constant
             */
            code: 200;
            /** One entry for each group of the request. The vendor's SDKs read this list only since 2024, so also accept an answer without it. */
            messageUIDs?: readonly {
                /**
                 * The group, as the request named it in `toGroupId`.
                 * @example 2193
                 */
                groupId: string;
                /**
                 * Unique id of the message sent to this group.
                 * @example 5FGT-7VA9-G4DD-4V5P
                 */
                messageUID: string;
            }[];
        };
        /** The answer to a call that the server refuses. A success has neither `url` nor `errorMessage`. */
        ApiError: {
            /**
             * The path that was called.
             * @example /path/of/the/call.json
             */
            url?: string;
            /**
             * The error code. Decide by this and the HTTP status, not by the text.
             * @example 1002
             */
            code: number;
            /**
             * The reason in English, for people. A parameter error names the parameter.
             * @example userId is required.
             */
            errorMessage?: string;
        };
    };
    responses: {
        /** The request is off the contract. Correct it before you send it again; `errorMessage` names the parameter. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The call was not signed by an app that may make it. Sending it again unchanged cannot help. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The app has as many test users as it may have. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** No such address. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The address exists, but not for this HTTP method. */
        MethodNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The App Key has used up what the rate limit allows. Nothing was processed. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The service is not opened for this app. The status 430 is the vendor's own. */
        ServiceNotOpened: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** The server failed. Whether the call was processed is unknown. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        /** A server behind the one that was called did not answer in time. Whether the call was processed is unknown. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
    };
    parameters: {
        /**
         * Your own id for this call, at most 36 characters, visible ASCII only, which fits a UUID. The vendor recommends it: quote it when you ask their support about a call.
         * @example 1f0e6a3c-5d0b-4c57-9a57-6a1b0c9d7e42
         */
        RequestId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    /**
     * Send a status message to up to three groups
     *
     * Sends one status message to the online members of one, two or three groups.
     *
     * - Offline members never get it; the server neither stores nor counts it.
     * - The sender's own clients get no copy unless `isIncludeSender` is `1`.
     * - The sender need not be a member of the group: a call of the server API may name any user.
     * - The vendor's post-messaging callbacks do not fire for it by default.
     * - The receiving client treats it like any other message: whether it counts as unread or is stored on the
     *   device depends on the message type, see `objectName`.
     * - Give `toGroupId` once for each group. A comma is part of an id, never a separator.
     * - Fields that are not listed here are ignored, not refused.
     *
     * The limit is 20 messages a second for an App Key, and each target group counts as one message: a call to three
     * groups costs three. The vendor can raise it by contract.
     */
    sendGroupStatusMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Your own id for this call, at most 36 characters, visible ASCII only, which fits a UUID. The vendor recommends it: quote it when you ask their support about a call.
                 * @example 1f0e6a3c-5d0b-4c57-9a57-6a1b0c9d7e42
                 */
                "X-Request-ID"?: components["parameters"]["RequestId"];
            };
            path?: never;
            cookie?: never;
        };
        /** A form body. Lists repeat their name; the order of the fields does not matter. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["GroupStatusMessage"];
            };
        };
        responses: {
            /** The message was accepted for every group of the call. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupStatusMessageResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            430: components["responses"]["ServiceNotOpened"];
            500: components["responses"]["InternalError"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}
