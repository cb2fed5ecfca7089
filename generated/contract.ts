/** The contract as tables. Made by `npm run generate`; edit spec/ instead. */
import type { components } from './openapi.js'

const operations_sendGroupStatusMessage = {
  "method": "POST",
  "path": "/statusmessage/group/publish.json",
  "success": {
    "status": 200,
    "marks": {
      "code": [
        200
      ]
    }
  },
  "retry": {
    "404": "never",
    "405": "never",
    "1000": "unknown",
    "1001": "never",
    "1002": "never",
    "1003": "never",
    "1004": "never",
    "1005": "never",
    "1006": "never",
    "1007": "never",
    "1008": "after-wait",
    "1009": "never",
    "1050": "unknown",
    "2007": "never"
  },
  "batch": {
    "field": "toGroupId",
    "size": 3
  },
  "message": {
    "type": "objectName",
    "content": "content"
  },
  "rateLimit": {
    "limit": 20,
    "period": 1000,
    "cost": "toGroupId",
    "unit": "messages"
  }
} as const
/** What the client knows of each operation. */
export const operations: {
  readonly sendGroupStatusMessage: typeof operations_sendGroupStatusMessage
} = {
  sendGroupStatusMessage: operations_sendGroupStatusMessage,
}

const mockTables_sendGroupStatusMessage = {
  "fields": {
    "fromUserId": "string",
    "toGroupId": "string[]",
    "objectName": "string",
    "content": "string",
    "isIncludeSender": "integer"
  },
  "headers": [
    "X-Request-ID"
  ],
  "examples": {
    "sent": {
      "status": 200,
      "body": {
        "code": 200,
        "messageUIDs": [
          {
            "groupId": "2193",
            "messageUID": "5FGT-7VA9-G4DD-4V5P"
          },
          {
            "groupId": "2192",
            "messageUID": "5FGT-7VA9-H4DD-4V5P"
          }
        ]
      }
    },
    "sentWithoutIds": {
      "status": 200,
      "body": {
        "code": 200
      }
    },
    "parameterError": {
      "status": 400,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1002,
        "errorMessage": "userId is required."
      }
    },
    "unknownAppKey": {
      "status": 400,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1002,
        "errorMessage": "Invalidate App-Key."
      }
    },
    "noPostData": {
      "status": 400,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1003,
        "errorMessage": "No POST data."
      }
    },
    "tooLong": {
      "status": 400,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1005,
        "errorMessage": "A parameter is too long."
      }
    },
    "signatureError": {
      "status": 401,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1004,
        "errorMessage": "Signature error."
      }
    },
    "keyMismatch": {
      "status": 401,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1001,
        "errorMessage": "App Key and App Secret do not match."
      }
    },
    "appLocked": {
      "status": 401,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1006,
        "errorMessage": "App is locked or deleted."
      }
    },
    "methodRestricted": {
      "status": 401,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1007,
        "errorMessage": "Method is restricted."
      }
    },
    "testUserLimit": {
      "status": 403,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 2007,
        "errorMessage": "Test user limit exceeded."
      }
    },
    "notFound": {
      "status": 404,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 404,
        "errorMessage": "Not found."
      }
    },
    "methodNotAllowed": {
      "status": 405,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 405,
        "errorMessage": "Method not allowed."
      }
    },
    "rateLimited": {
      "status": 429,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1008,
        "errorMessage": "Rate limit exceeded."
      }
    },
    "serviceNotOpened": {
      "status": 430,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1009,
        "errorMessage": "Service is not opened for this app."
      }
    },
    "internalError": {
      "status": 500,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1000,
        "errorMessage": "Internal error."
      }
    },
    "internalTimeout": {
      "status": 504,
      "body": {
        "url": "/statusmessage/group/publish.json",
        "code": 1050,
        "errorMessage": "Internal timeout."
      }
    }
  } as Readonly<Record<"sent" | "sentWithoutIds" | "parameterError" | "unknownAppKey" | "noPostData" | "tooLong" | "signatureError" | "keyMismatch" | "appLocked" | "methodRestricted" | "testUserLimit" | "notFound" | "methodNotAllowed" | "rateLimited" | "serviceNotOpened" | "internalError" | "internalTimeout", { readonly status: number; readonly body: unknown }>>,
  "raisedBy": {
    "required": "parameterError",
    "body": "parameterError",
    "type": "parameterError",
    "enum": "parameterError",
    "const": "parameterError",
    "pattern": "parameterError",
    "minLength": "parameterError",
    "minItems": "parameterError",
    "maxItems": "parameterError",
    "uniqueItems": "parameterError",
    "minimum": "parameterError",
    "maximum": "parameterError",
    "multipleOf": "parameterError",
    "repeated": "parameterError",
    "encoding": "parameterError",
    "x-reserved-prefix": "parameterError",
    "x-message-types": "parameterError",
    "app-key": "unknownAppKey",
    "media-type": "noPostData",
    "maxLength": "tooLong",
    "x-max-bytes": "tooLong",
    "body-size": "tooLong",
    "signature": "signatureError",
    "path": "notFound",
    "method": "methodNotAllowed",
    "rate-limit": "rateLimited"
  } as Readonly<Record<string, string>>,
  "success": {
    "status": 200,
    "body": {
      "object": {
        "code": {
          "is": 200
        },
        "messageUIDs": {
          "each": "toGroupId",
          "item": {
            "object": {
              "groupId": {
                "value": "toGroupId"
              },
              "messageUID": {
                "text": [
                  {
                    "alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUV",
                    "length": 4
                  },
                  "-",
                  {
                    "alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUV",
                    "length": 4
                  },
                  "-",
                  {
                    "alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUV",
                    "length": 4
                  },
                  "-",
                  {
                    "alphabet": "0123456789ABCDEFGHIJKLMNOPQRSTUV",
                    "length": 4
                  }
                ]
              }
            }
          }
        }
      }
    }
  },
  "suspicious": {
    "fromUserId": {
      "joined-list": {
        "pattern": "^(?!.*\\d,\\d{3} )(?:[^\\s,;=&\"'[{(][^,;=&\"'[{(]*(?:[,;][^\\s,;=&\"'[{(][^,;=&\"'[{(]*)+|\\d+(?: ?[,;] ?\\d+)+)[,;]?$|^(?:(?!Array\\s)\\S.*[\\t\\r\\n]+\\S[\\s\\S]*|[\\w.-]+(?:[，、；][\\w.-]+)+|([\"'])[^\"']*\\1(?: ?, ?\\1[^\"']*\\1)+)$",
        "text": "several users in one id; a message has one sender"
      },
      "list-as-text": {
        "pattern": "^(?:\\[(?:\\d[\\d ]*|[^\\],]*,[^\\]]*|\\s*[\"'][^\\]]*[\"']\\s*)?\\]|[(\\{]\\s*'[^']*'\\s*(?:,[^)\\}]*)?[)\\}]|[(\\{]\\s*(?:\\d+|\"[^\"]*\")\\s*,[^)\\}]*[)\\}]|(?:List|Set|Vector)\\([^()]+,[^()]+\\)|(?:dict_\\w+|frozenset|set)\\(.*\\)|Array|[Aa]rray\\s*\\(\\s*[\\d\\['\"][\\s\\S]*)$",
        "text": "a list turned into text; a message has one sender"
      },
      "object-as-text": {
        "pattern": "\\[object [A-Z]\\w+\\]|^(?:\\{\\s*\\}|b([\"'])[^\"']*\\1|<(?:bound method |function .* at 0x).*|Optional(?:\\[.*\\]|\\.empty)|[A-Z]\\w*\\(\\w+=.*\\)|\\{\\s*(?:\"[^\"]*\"|'[^']*'|:\\w+)\\s*(?::|=>)[\\s\\S]*|System\\.[\\w.]+(?:\\[\\]|`\\d+.*)|System\\.Object|\\[(?:L[\\w.]+;|[BCDFIJSZ])@[0-9a-f]+|(?:[a-z]\\w*\\.)+[A-Z][\\w$]*@[0-9a-f]{5,8}|map\\[[^\\]]*:[^\\]]*\\]|&\\{[\\s\\S]*\\}|(?:ObjectId|Optional|Some|UUID)\\([\"'][^\"']*[\"']\\)|#<[A-Z][\\w:]* [\\s\\S]*>|#?<[\\w.:]+(?: object at |:)0x[0-9a-f]+[\\s\\S]*)$",
        "text": "an object turned into text; send its id"
      },
      "unset": {
        "pattern": "^\\[?(?:undefined|null|NULL|None|nil|NaN|\\(null\\)|<n(?:il|ull)>)\\]?$|[-_:./](?:undefined|NaN)$|[$#]\\{[^}]*\\}|\\{\\{[^}]*\\}\\}|<%=[^%]*%>|%!\\w?\\((?:<nil>|[A-Z]{4,}|\\w+=)",
        "text": "a value that was never set; look where it comes from"
      },
      "encoded-twice": {
        "pattern": "%(?:0[9AaDd]|2[0-9A-Fa-f]|3[A-Fa-f]|40|5[B-Db-d]|7[B-Db-d]|[C-Fc-f][0-9A-Fa-f]%[89ABab][0-9A-Fa-f])",
        "text": "encoded twice; give the id as it is, it is encoded once on its way"
      },
      "blank-around": {
        "pattern": "^\\s|\\s$|(?:^|\\w)[\\u200B-\\u200D\\u2060\\uFEFF]|[\\u200B-\\u200D\\u2060\\uFEFF](?:\\w|$)",
        "text": "a blank or a line break around the id, or an invisible character in it; take it out"
      }
    },
    "toGroupId": {
      "joined-list": {
        "pattern": "^(?!(?:auth0|[a-z-]+(?:oauth2)?)\\|\\S*\\d|.*\\d,\\d{3} )(?:[^\\s,;|=&\"'[{(][^,;|=&\"'[{(]*(?:[,;|][^\\s,;|=&\"'[{(][^,;|=&\"'[{(]*)+|\\d+(?: ?[,;|] ?\\d+)+)[,;|]?$|^(?:(?!Array\\s)\\S.*[\\t\\r\\n]+\\S[\\s\\S]*|[\\w.-]+(?:[，、；][\\w.-]+)+|([\"'])[^\"']*\\1(?: ?, ?\\1[^\"']*\\1)+)$",
        "text": "several groups in one id; repeat the field"
      },
      "list-as-text": {
        "pattern": "^(?:\\[(?:\\d[\\d ]*|[^\\],]*,[^\\]]*|\\s*[\"'][^\\]]*[\"']\\s*)?\\]|[(\\{]\\s*'[^']*'\\s*(?:,[^)\\}]*)?[)\\}]|[(\\{]\\s*(?:\\d+|\"[^\"]*\")\\s*,[^)\\}]*[)\\}]|(?:List|Set|Vector)\\([^()]+,[^()]+\\)|(?:dict_\\w+|frozenset|set)\\(.*\\)|Array|[Aa]rray\\s*\\(\\s*[\\d\\['\"][\\s\\S]*)$",
        "text": "a list turned into text; repeat the field, once for each group"
      },
      "object-as-text": {
        "pattern": "\\[object [A-Z]\\w+\\]|^(?:\\{\\s*\\}|b([\"'])[^\"']*\\1|<(?:bound method |function .* at 0x).*|Optional(?:\\[.*\\]|\\.empty)|[A-Z]\\w*\\(\\w+=.*\\)|\\{\\s*(?:\"[^\"]*\"|'[^']*'|:\\w+)\\s*(?::|=>)[\\s\\S]*|System\\.[\\w.]+(?:\\[\\]|`\\d+.*)|System\\.Object|\\[(?:L[\\w.]+;|[BCDFIJSZ])@[0-9a-f]+|(?:[a-z]\\w*\\.)+[A-Z][\\w$]*@[0-9a-f]{5,8}|map\\[[^\\]]*:[^\\]]*\\]|&\\{[\\s\\S]*\\}|(?:ObjectId|Optional|Some|UUID)\\([\"'][^\"']*[\"']\\)|#<[A-Z][\\w:]* [\\s\\S]*>|#?<[\\w.:]+(?: object at |:)0x[0-9a-f]+[\\s\\S]*)$",
        "text": "an object turned into text; send its id"
      },
      "unset": {
        "pattern": "^\\[?(?:undefined|null|NULL|None|nil|NaN|\\(null\\)|<n(?:il|ull)>)\\]?$|[-_:./](?:undefined|NaN)$|[$#]\\{[^}]*\\}|\\{\\{[^}]*\\}\\}|<%=[^%]*%>|%!\\w?\\((?:<nil>|[A-Z]{4,}|\\w+=)",
        "text": "a value that was never set; look where it comes from"
      },
      "encoded-twice": {
        "pattern": "%(?:0[9AaDd]|2[0-9A-Fa-f]|3[A-Fa-f]|40|5[B-Db-d]|7[B-Db-d]|[C-Fc-f][0-9A-Fa-f]%[89ABab][0-9A-Fa-f])",
        "text": "encoded twice; give the id as it is, it is encoded once on its way"
      },
      "blank-around": {
        "pattern": "^\\s|\\s$|(?:^|\\w)[\\u200B-\\u200D\\u2060\\uFEFF]|[\\u200B-\\u200D\\u2060\\uFEFF](?:\\w|$)",
        "text": "a blank or a line break around the id, or an invisible character in it; take it out"
      }
    },
    "objectName": {
      "near-reserved-prefix": {
        "pattern": "^(?!RC:)[\\s\\u200B-\\u200D\\u2060]*[\"']?[RrＲｒ][\\u200B-\\u200D\\u2060]*[CcＣｃСс][\\s\\u200B-\\u200D\\u2060]*[:：﹕︰∶]",
        "text": "close to a predefined message type; those begin with RC and a plain colon, in capitals, with nothing in front"
      },
      "object-as-text": {
        "pattern": "\\[object [A-Z]\\w+\\]|^(?:[\\w:.-]+(?: ?[,;] ?[\\w:.-]+)+|\\[[\"'].*\\]|\\[.*,.*\\]|Array)$",
        "text": "an object or a list turned into text; give the name of one message type"
      },
      "blank-around": {
        "pattern": "^\\s(?!RC:)|\\s$",
        "text": "a blank or a line break around the name; cut it off"
      },
      "unset": {
        "pattern": "^\\[?(?:undefined|null|NULL|None|nil|NaN|\\(null\\)|<n(?:il|ull)>)\\]?$|[-_:./](?:undefined|NaN)$|[$#]\\{[^}]*\\}|\\{\\{[^}]*\\}\\}|<%=[^%]*%>|%!\\w?\\((?:<nil>|[A-Z]{4,}|\\w+=)",
        "text": "a value that was never set; look where it comes from"
      },
      "encoded-twice": {
        "pattern": "%[0-9A-Fa-f]{2}",
        "text": "encoded twice; give the name as it is, it is encoded once on its way"
      }
    },
    "content": {
      "object-as-text": {
        "pattern": "^\\s*(?:\\[object \\w+\\]$|[\\{\\[][\\s\\S]*[:\\[,]\\s*\"\\[object \\w+\\]\"\\s*[,}\\]]|\\{\\w+=[^{}]*\\}\\s*$|map\\[\\w+:.*\\]\\s*$|&\\{.*\\}\\s*$|OrderedDict\\(|b['\"]\\s*[\\[{]|\\{\\s*'[^']*'\\s*:|\\{\\s*(?:\"[^\"]*\"|:\\w+)\\s*=>|Array\\s*\\(\\s*\\[|Array$|#?<[\\w.:]+(?: object at |:)0x[0-9a-f])",
        "text": "an object turned into text by its language; write it as JSON"
      },
      "unset": {
        "pattern": "^\\s*(?:(?:undefined|null|None|nil|NaN|\\(null\\)|<n(?:il|ull)>|[$#]\\{[\\w.]+\\}|\\{\\{[\\w. ]+\\}\\})\\s*$|[\\{\\[][\\s\\S]*[:\\[,]\\s*\"undefined\"\\s*[,}\\]])",
        "text": "a value that was never set; look where it comes from"
      },
      "encoded-twice": {
        "pattern": "^\\s*(?:%(?:7[Bb]|5[Bb]|22)|\"\\s*[\\[{]\\s*\\\\\"|[\\w.~!*'()+-]*(?:%[0-9A-Fa-f]{2}[\\w.~!*'()+-]*){2,}$)",
        "text": "encoded twice; give the message as it is, it is encoded once on its way"
      }
    }
  } as Readonly<Record<string, Readonly<Record<string, { readonly pattern: string; readonly text: string }>>>>
} as const
/** What the mock knows of each operation. */
export const mockTables: {
  readonly sendGroupStatusMessage: typeof mockTables_sendGroupStatusMessage
} = {
  sendGroupStatusMessage: mockTables_sendGroupStatusMessage,
}

const notes_sendGroupStatusMessage = {
  "": {
    "text": "Send a status message to up to three groups",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/send-status-group"
  } as { readonly text: string; readonly docs?: string },
  "fromUserId": {
    "text": "User id of the sender, at most 64 bytes of UTF-8.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/send-status-group"
  } as { readonly text: string; readonly docs?: string },
  "toGroupId": {
    "text": "The receiving groups, one to three of them.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/send-status-group"
  } as { readonly text: string; readonly docs?: string },
  "objectName": {
    "text": "The message type.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message-about/about-message-types"
  } as { readonly text: string; readonly docs?: string },
  "content": {
    "text": "The message itself, at most 128 KiB of UTF-8.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/send-status-group"
  } as { readonly text: string; readonly docs?: string },
  "isIncludeSender": {
    "text": "`1` sends a copy to those of the sender's own clients that are online, `0` does not.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/how-to-sync-to-sender-client"
  } as { readonly text: string; readonly docs?: string },
  "x-request-id": {
    "text": "Your own id for this call, at most 36 characters, visible ASCII only, which fits a UUID.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/message/send-status-group"
  } as { readonly text: string; readonly docs?: string },
  "App-Key": {
    "text": "The App Key of the app, as the vendor's console shows it.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/auth"
  } as { readonly text: string; readonly docs?: string },
  "Nonce": {
    "text": "A random string of at most 18 characters, new for each call.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/auth"
  } as { readonly text: string; readonly docs?: string },
  "Timestamp": {
    "text": "Milliseconds since 1970-01-01T00:00:00Z, as decimal digits, as the documentation says.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/auth"
  } as { readonly text: string; readonly docs?: string },
  "Signature": {
    "text": "SHA-1 over App Secret, Nonce and Timestamp, joined without a separator in this order, as 40 lower-case hexadecimal digits.",
    "docs": "https://docs.rongcloud.io/platform-chat-api/auth"
  } as { readonly text: string; readonly docs?: string },
  "rate": {
    "text": "",
    "docs": "https://docs.rongcloud.io/platform-chat-api/limits"
  } as { readonly text: string; readonly docs?: string }
} as const
/** What a report quotes from the spec. */
export const notes: {
  readonly sendGroupStatusMessage: typeof notes_sendGroupStatusMessage
} = {
  sendGroupStatusMessage: notes_sendGroupStatusMessage,
}

const commandLine_sendGroupStatusMessage = {
  "summary": "Send a status message to up to three groups",
  "headers": [],
  "fields": {
    "fromUserId": {
      "flag": "from",
      "about": "User id of the sender, at most 64 bytes of UTF-8.",
      "required": true,
      "example": [
        "2191"
      ]
    },
    "toGroupId": {
      "flag": "group",
      "about": "The receiving groups, one to three of them.",
      "required": true,
      "example": [
        "2193",
        "2192"
      ]
    },
    "objectName": {
      "flag": "type",
      "about": "The message type.",
      "required": true,
      "example": [
        "RC:TypSts"
      ]
    },
    "content": {
      "flag": "content",
      "about": "The message itself, at most 128 KiB of UTF-8.",
      "required": true,
      "example": [
        "{\"typingContentType\":\"RC:TxtMsg\"}"
      ]
    },
    "isIncludeSender": {
      "flag": "include-sender",
      "about": "1 sends a copy to those of the sender's own clients that are online, 0 does not.",
      "required": false,
      "switch": [
        "0",
        "1"
      ],
      "example": [
        "0"
      ]
    }
  }
} as const
/** What the command line knows of each operation. */
export const commandLine: {
  readonly sendGroupStatusMessage: typeof commandLine_sendGroupStatusMessage
} = {
  sendGroupStatusMessage: commandLine_sendGroupStatusMessage,
}

const probeTables_sendGroupStatusMessage = {
  "pointer": "/paths/~1statusmessage~1group~1publish.json/post",
  "places": {
    "fromUserId": "/components/schemas/GroupStatusMessage/properties/fromUserId",
    "toGroupId": "/components/schemas/GroupStatusMessage/properties/toGroupId",
    "toGroupId[]": "/components/schemas/GroupStatusMessage/properties/toGroupId/items",
    "objectName": "/components/schemas/GroupStatusMessage/properties/objectName",
    "content": "/components/schemas/GroupStatusMessage/properties/content",
    "isIncludeSender": "/components/schemas/GroupStatusMessage/properties/isIncludeSender",
    "x-request-id": "/components/parameters/RequestId/schema",
    "App-Key": "/components/securitySchemes/appKey",
    "Nonce": "/components/securitySchemes/nonce",
    "Timestamp": "/components/securitySchemes/timestamp",
    "Signature": "/components/securitySchemes/signature"
  },
  "ids": [
    "fromUserId",
    "toGroupId"
  ]
} as const
/** What the command `probe` knows of each operation. */
export const probeTables: {
  readonly sendGroupStatusMessage: typeof probeTables_sendGroupStatusMessage
} = {
  sendGroupStatusMessage: probeTables_sendGroupStatusMessage,
}

/** What nobody could confirm, and what would settle it. */
export const assumptions: Readonly<
  Record<
    string,
    {
      readonly claim: string
      readonly at: string
      readonly isAboutAnswer?: boolean
      readonly questions?: readonly string[]
      readonly unsettled?: string
    }
  >
> = {
  "window": {
    "claim": "The limit holds in each sliding second.",
    "at": "/paths/~1statusmessage~1group~1publish.json/post/x-rate-limit",
    "unsettled": "To see where a window begins one would have to use up the limit of the live app."
  },
  "refused-whole": {
    "claim": "A call that would pass the limit is refused whole, and nothing of it is sent.",
    "at": "/paths/~1statusmessage~1group~1publish.json/post/x-rate-limit",
    "unsettled": "It would use up the limit of the live app, and a receiving client would have to count."
  },
  "nonce-length": {
    "claim": "A nonce of more than 18 characters is accepted.",
    "at": "/components/securitySchemes/nonce",
    "questions": [
      "sendGroupStatusMessage: Nonce: longer than documented, which real clients send",
      "sendGroupStatusMessage: Nonce: length"
    ]
  },
  "nonce-replay": {
    "claim": "A nonce may be used again, together with its timestamp and signature.",
    "at": "/components/securitySchemes/nonce",
    "questions": [
      "sendGroupStatusMessage: Nonce: replay"
    ]
  },
  "timestamp-forms": {
    "claim": "A timestamp that is neither in seconds nor in milliseconds is refused.",
    "at": "/components/securitySchemes/timestamp",
    "questions": [
      "sendGroupStatusMessage: Timestamp: left out",
      "sendGroupStatusMessage: Timestamp: empty",
      "sendGroupStatusMessage: Timestamp: text of another pattern, signed as sent",
      "sendGroupStatusMessage: Timestamp: microseconds, signed as sent"
    ]
  },
  "timestamp-skew": {
    "claim": "A timestamp may be off by any time.",
    "at": "/components/securitySchemes/timestamp",
    "questions": [
      "sendGroupStatusMessage: Timestamp: skew"
    ]
  },
  "request-id-ascii": {
    "claim": "Text other than visible ASCII is refused.",
    "at": "/components/parameters/RequestId/schema",
    "questions": [
      "sendGroupStatusMessage: X-Request-ID: text of the pattern",
      "sendGroupStatusMessage: X-Request-ID: text of another pattern"
    ]
  },
  "request-id-length": {
    "claim": "A value that is empty or longer than 36 characters is refused.",
    "at": "/components/parameters/RequestId/schema",
    "questions": [
      "sendGroupStatusMessage: X-Request-ID: 1 character",
      "sendGroupStatusMessage: X-Request-ID: an empty text",
      "sendGroupStatusMessage: X-Request-ID: 36 characters",
      "sendGroupStatusMessage: X-Request-ID: 37 characters"
    ]
  },
  "group-id-characters": {
    "claim": "A group id has at most 64 characters, whatever their bytes.",
    "at": "/components/schemas/GroupId",
    "questions": [
      "sendGroupStatusMessage: toGroupId[0]: 64 characters",
      "sendGroupStatusMessage: toGroupId[0]: 64 characters of four bytes each",
      "sendGroupStatusMessage: toGroupId[0]: 65 characters",
      "sendGroupStatusMessage: toGroupId[0]: 65 characters of three bytes each"
    ]
  },
  "mention-types": {
    "claim": "Values other than these two are not refused.",
    "at": "/components/schemas/MentionedInfo/properties/type",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "thumbnail-bytes": {
    "claim": "The 10 kB of the thumbnail are 10240 bytes of the Base64 text.",
    "at": "/components/schemas/ImgMsg/properties/content",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "gif-fields": {
    "claim": "The fields of `RC:GIFMsg` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/GIFMsg",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "voice-fields": {
    "claim": "The fields of `RC:VcMsg` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/VcMsg",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "file-size-type": {
    "claim": "The size of a file may be a number or a string.",
    "at": "/components/schemas/FileMsg/properties/size",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "video-fields": {
    "claim": "The fields of `RC:SightMsg` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/SightMsg",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "place-fields": {
    "claim": "The fields of `RC:LBSMsg` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/LBSMsg",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "card-fields": {
    "claim": "The fields of `RC:ImgTextMsg` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/ImgTextMsg",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "undocumented-content": {
    "claim": "Nothing inside the content of these types is refused.",
    "at": "/components/schemas/UndocumentedContent",
    "unsettled": "Some of these types are internal and could change the state of clients, so they must not be sent to find out."
  },
  "profile-fields": {
    "claim": "The fields of `RC:ProfileNtf` that are required, and the JSON types of all, are as their names and samples suggest.",
    "at": "/components/schemas/ProfileNtf",
    "unsettled": "Only a message of this type could tell, and it would show on the devices of its receivers."
  },
  "user-id-bytes": {
    "claim": "A user id has at most 64 bytes of UTF-8, not 64 characters.",
    "at": "/components/schemas/GroupStatusMessage/properties/fromUserId",
    "questions": [
      "sendGroupStatusMessage: fromUserId: 64 bytes of ASCII",
      "sendGroupStatusMessage: fromUserId: 64 bytes of CJK",
      "sendGroupStatusMessage: fromUserId: 65 bytes of ASCII",
      "sendGroupStatusMessage: fromUserId: 65 bytes of CJK"
    ]
  },
  "fourth-group": {
    "claim": "A call to four groups is answered with 1002.",
    "at": "/components/schemas/GroupStatusMessage/properties/toGroupId",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: toGroupId: 3 items",
      "sendGroupStatusMessage: toGroupId: 4 items"
    ]
  },
  "group-named-twice": {
    "claim": "A group that is named twice is passed on as it is and counts twice.",
    "at": "/components/schemas/GroupStatusMessage/properties/toGroupId",
    "questions": [
      "sendGroupStatusMessage: toGroupId: repeated-item"
    ]
  },
  "long-type-code": {
    "claim": "A name of more than 32 characters is answered with 1005.",
    "at": "/components/schemas/GroupStatusMessage/properties/objectName",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: objectName: 32 characters",
      "sendGroupStatusMessage: objectName: 32 characters of four bytes each",
      "sendGroupStatusMessage: objectName: 33 characters",
      "sendGroupStatusMessage: objectName: 33 characters of three bytes each"
    ]
  },
  "unknown-type-code": {
    "claim": "An unknown `RC:` name is answered with 1002.",
    "at": "/components/schemas/GroupStatusMessage/properties/objectName",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: objectName: an unknown name that begins with RC:",
      "sendGroupStatusMessage: objectName: a name that begins like RC:, in another case",
      "sendGroupStatusMessage: objectName: a name that has RC: inside"
    ]
  },
  "content-bytes": {
    "claim": "The vendor's \"128k\" of content are 131072 bytes of UTF-8.",
    "at": "/components/schemas/GroupStatusMessage/properties/content",
    "questions": [
      "sendGroupStatusMessage: content: 131072 bytes of ASCII",
      "sendGroupStatusMessage: content: 131072 bytes of CJK",
      "sendGroupStatusMessage: content: 131073 bytes of ASCII",
      "sendGroupStatusMessage: content: 131073 bytes of CJK"
    ]
  },
  "long-content-code": {
    "claim": "Content that is too long is answered with 1005, not with 1508.",
    "at": "/components/schemas/GroupStatusMessage/properties/content",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: content: 131073 bytes of ASCII",
      "sendGroupStatusMessage: content: 131073 bytes of CJK"
    ]
  },
  "empty-content": {
    "claim": "An empty content is refused.",
    "at": "/components/schemas/GroupStatusMessage/properties/content",
    "questions": [
      "sendGroupStatusMessage: content: 1 character",
      "sendGroupStatusMessage: content: an empty text"
    ]
  },
  "content-off-its-type": {
    "claim": "Content that does not fit its message type is answered with 1002.",
    "at": "/components/schemas/GroupStatusMessage/properties/content",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: RC:TxtMsg, content: text that is no JSON",
      "sendGroupStatusMessage: RC:TypSts, content: text that is no JSON",
      "sendGroupStatusMessage: RC:GrpNtf, content: text that is no JSON"
    ]
  },
  "message-uid-form": {
    "claim": "A `messageUID` has the form seen in real answers.",
    "at": "/components/schemas/GroupStatusMessageResult/properties/messageUIDs/items/properties/messageUID",
    "questions": [
      "sendGroupStatusMessage: answer"
    ]
  },
  "doubled-field": {
    "claim": "A field that comes twice and is no list is answered with 1002.",
    "at": "/components/responses/BadRequest/content/application~1json/examples/parameterError",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: fromUserId: twice",
      "sendGroupStatusMessage: objectName: twice",
      "sendGroupStatusMessage: content: twice",
      "sendGroupStatusMessage: isIncludeSender: twice"
    ]
  },
  "empty-body": {
    "claim": "A POST without a body is answered with 1002, not with 1003.",
    "at": "/components/responses/BadRequest/content/application~1json/examples/parameterError",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: no fields at all"
    ]
  },
  "missing-app-key": {
    "claim": "A call without an App Key is answered like one with an unknown App Key.",
    "at": "/components/responses/BadRequest/content/application~1json/examples/unknownAppKey",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: App-Key: left out",
      "sendGroupStatusMessage: App-Key: empty",
      "sendGroupStatusMessage: App-Key: unknown"
    ]
  },
  "other-region": {
    "claim": "A call to a host of another region is answered like one with an unknown App Key.",
    "at": "/components/responses/BadRequest/content/application~1json/examples/unknownAppKey",
    "isAboutAnswer": true,
    "unsettled": "It would take a call to a host other than the one that the user has named."
  },
  "other-media-type": {
    "claim": "A body of another media type is answered with 1003.",
    "at": "/components/responses/BadRequest/content/application~1json/examples/noPostData",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: media type with a charset",
      "sendGroupStatusMessage: media type in upper case",
      "sendGroupStatusMessage: a JSON body",
      "sendGroupStatusMessage: no media type"
    ]
  },
  "signature-header-missing": {
    "claim": "A call without one of the headers of the signature is answered like one with a wrong signature.",
    "at": "/components/responses/Unauthorized/content/application~1json/examples/signatureError",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: Nonce: left out",
      "sendGroupStatusMessage: Nonce: empty",
      "sendGroupStatusMessage: Timestamp: left out",
      "sendGroupStatusMessage: Timestamp: empty",
      "sendGroupStatusMessage: Signature: left out",
      "sendGroupStatusMessage: Signature: empty"
    ]
  },
  "signature-header-misshapen": {
    "claim": "A signature that is misshapen is answered like a wrong one.",
    "at": "/components/responses/Unauthorized/content/application~1json/examples/signatureError",
    "isAboutAnswer": true,
    "questions": [
      "sendGroupStatusMessage: Signature: cut off",
      "sendGroupStatusMessage: Signature: in Base64"
    ]
  },
  "no-retry-after": {
    "claim": "The answer to a call beyond the limit has no `Retry-After`.",
    "at": "/components/responses/TooManyRequests/content/application~1json/examples/rateLimited",
    "unsettled": "To see this answer one would have to use up the limit of the live app."
  }
}

/** Hosts, with their region. */
export const servers = [
  {
    "url": "https://api.rong-api.com",
    "region": "beijing",
    "backup": false
  },
  {
    "url": "https://api-b.rong-api.com",
    "region": "beijing",
    "backup": true
  },
  {
    "url": "https://api.sg-light-api.com",
    "region": "singapore",
    "backup": false
  },
  {
    "url": "https://api-b.sg-light-api.com",
    "region": "singapore",
    "backup": true
  },
  {
    "url": "https://api.sg-b-light-api.com",
    "region": "singapore-b",
    "backup": false
  },
  {
    "url": "https://api-b.sg-b-light-api.com",
    "region": "singapore-b",
    "backup": true
  },
  {
    "url": "https://api.us-light-api.com",
    "region": "north-america",
    "backup": false
  },
  {
    "url": "https://api-b.us-light-api.com",
    "region": "north-america",
    "backup": true
  },
  {
    "url": "https://api.sau-light-api.com",
    "region": "saudi-arabia",
    "backup": false
  },
  {
    "url": "https://api-b.sau-light-api.com",
    "region": "saudi-arabia",
    "backup": true
  }
] as const

/** The headers that sign a call. */
export const security = {
  "headers": {
    "appKey": "App-Key",
    "nonce": "Nonce",
    "timestamp": "Timestamp",
    "signature": "Signature"
  },
  "aliases": {
    "appKey": [
      "RC-App-Key"
    ],
    "nonce": [
      "RC-Nonce"
    ],
    "timestamp": [
      "RC-Timestamp"
    ],
    "signature": [
      "RC-Signature"
    ]
  },
  "prefixes": [
    "RC-"
  ],
  "signature": "signature",
  "signs": [
    "appSecret",
    "nonce",
    "timestamp"
  ],
  "nonceLength": 18
} as const

/** The fields of an error answer. */
export const errorFields = {
  "path": "url",
  "code": "code",
  "message": "errorMessage"
} as const

/** The fields that carry type and content of a message. */
export const messageFields = {
  "type": "objectName",
  "content": "content"
} as const

/** The prefix that only predefined message types may have. */
export const reservedPrefix = "RC:" as const

/** Regions of the hosts. */
export type Region = "beijing" | "singapore" | "singapore-b" | "north-america" | "saudi-arabia"

/** Prefixes under which all security headers are accepted. */
export type HeaderPrefix = "" | "RC-"

/** Names that only predefined message types may have. */
export type ReservedName = `RC:${string}`

/** The operation that is meant where none is named: the first. */
export type FirstOperation = "sendGroupStatusMessage"

/** A message, as the fields of a request. */
export interface MessageFields {
  /** Name of the message type. */
  "objectName": string
  /** The message as a string. */
  "content": string
}

/** The JSON inside a message, by message type. */
export interface MessageContents {
  /** Someone is typing. Not counted, not stored. */
  "RC:TypSts": components['schemas']["TypSts"]
  /** A command to the receiving client; nothing is shown unless your app shows it. */
  "RC:CmdMsg": components['schemas']["CmdMsg"]
  /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, for a passing state: not counted, not stored. Fit for status messages. */
  "RC:IWStatusMsg": components['schemas']["IWStatusMsg"]
  /** Read receipt. Says up to which moment messages were read. */
  "RC:ReadNtf": components['schemas']["ReadNtf"]
  /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that counts as unread and is stored. */
  "RC:IWNormalMsg": components['schemas']["IWNormalMsg"]
  /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that acts as a command: not counted, not stored. */
  "RC:IWCmdMsg": components['schemas']["IWCmdMsg"]
  /** Custom message of the vendor's wrapper SDKs, such as the one for Flutter, that is stored but does not count as unread. */
  "RC:IWStorageMsg": components['schemas']["IWStorageMsg"]
  /** Text. */
  "RC:TxtMsg": components['schemas']["TxtMsg"]
  /** Picture, with a thumbnail inside the message. */
  "RC:ImgMsg": components['schemas']["ImgMsg"]
  /** Animated picture. */
  "RC:GIFMsg": components['schemas']["GIFMsg"]
  /** Voice in high quality, kept outside the message. */
  "RC:HQVCMsg": components['schemas']["HQVCMsg"]
  /** Voice inside the message. Old; use `RC:HQVCMsg`. */
  "RC:VcMsg": components['schemas']["VcMsg"]
  /** File. */
  "RC:FileMsg": components['schemas']["FileMsg"]
  /** Short video. */
  "RC:SightMsg": components['schemas']["SightMsg"]
  /** Place on a map. */
  "RC:LBSMsg": components['schemas']["LBSMsg"]
  /** Card with a title, a text, a picture and a link. */
  "RC:ImgTextMsg": components['schemas']["ImgTextMsg"]
  /** Answer that quotes another message. */
  "RC:ReferenceMsg": components['schemas']["UndocumentedContent"]
  /** Several messages forwarded as one. */
  "RC:CombineMsg": components['schemas']["UndocumentedContent"]
  /** Several messages forwarded as one, second form. */
  "RC:CombineV2Msg": components['schemas']["UndocumentedContent"]
  /** Text that arrives piece by piece. */
  "RC:StreamMsg": components['schemas']["UndocumentedContent"]
  /** Notice in the conversation. */
  "RC:InfoNtf": components['schemas']["InfoNtf"]
  /** Notice that acts as a command; stored, not counted. */
  "RC:CmdNtf": components['schemas']["CmdNtf"]
  /** Notice about a contact, such as a request. */
  "RC:ContactNtf": components['schemas']["ContactNtf"]
  /** Notice that a profile changed. */
  "RC:ProfileNtf": components['schemas']["ProfileNtf"]
  /** Notice about a group, such as a new member. */
  "RC:GrpNtf": components['schemas']["GrpNtf"]
  /** Request for read receipts in a group. Internal to the vendor's SDKs; do not send it. */
  "RC:RRReqMsg": components['schemas']["UndocumentedContent"]
  /** Answer to a request for read receipts. Internal to the vendor's SDKs; do not send it. */
  "RC:RRRspMsg": components['schemas']["UndocumentedContent"]
  /** Internal to the vendor's SDKs; do not send it. */
  "RC:SRSMsg": components['schemas']["UndocumentedContent"]
  /** Internal to the vendor's SDKs; do not send it. */
  "RC:RRMsg": components['schemas']["UndocumentedContent"]
  /** Internal to the vendor's SDKs; do not send it. */
  "RC:MsgExMsg": components['schemas']["UndocumentedContent"]
  /** Internal to the vendor's SDKs; do not send it. */
  "RC:InterceptMsg": components['schemas']["UndocumentedContent"]
  /** Internal to the vendor's SDKs; do not send it. */
  "RC:RL": components['schemas']["UndocumentedContent"]
}
