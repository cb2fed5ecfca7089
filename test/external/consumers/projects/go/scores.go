// Package scores tells the groups of fans how a match stands.
package scores

import (
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	messageType = "scores:live"
	maxGroups   = 3
	maxBytes    = 131_072
)

// API says where the API is, and with which keys to call it.
type API struct {
	BaseURL, AppKey, AppSecret string
	// Client should have a timeout.
	Client *http.Client
}

// Tell sends a text to any number of groups.
func (api API) Tell(from, text string, groups ...string) error {
	content := text
	if len(content) > maxBytes {
		// A character that was cut in two is dropped.
		content = strings.ToValidUTF8(content[:maxBytes], "")
	}
	for len(groups) > maxGroups {
		if err := api.publish(from, content, groups[:maxGroups]); err != nil {
			return err
		}
		groups = groups[maxGroups:]
	}
	return api.publish(from, content, groups)
}

// publish sends one call.
func (api API) publish(from, content string, groups []string) error {
	form := url.Values{}
	form.Set("fromUserId", from)
	form.Set("objectName", messageType)
	form.Set("content", content)
	for _, group := range groups {
		form.Add("toGroupId", group)
	}
	body := []byte(form.Encode())
	request, err := http.NewRequest("POST", api.BaseURL+"/statusmessage/group/publish.json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	api.sign(request.Header)
	response, err := api.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Code         int
		ErrorMessage string
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	// Errors come with HTTP 200 too.
	if response.StatusCode != http.StatusOK || answer.Code != 200 {
		return fmt.Errorf("HTTP %d, code %d: %s", response.StatusCode, answer.Code, answer.ErrorMessage)
	}
	return nil
}

// sign adds the four signed headers.
func (api API) sign(header http.Header) {
	random := make([]byte, 8)
	rand.Read(random)
	nonce := hex.EncodeToString(random)
	timestamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	signature := sha1.Sum([]byte(api.AppSecret + nonce + timestamp))
	header.Set("App-Key", api.AppKey)
	header.Set("Nonce", nonce)
	header.Set("Timestamp", timestamp)
	header.Set("Signature", hex.EncodeToString(signature[:]))
}
